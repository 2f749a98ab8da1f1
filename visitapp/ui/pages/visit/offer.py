"""Lines above a visit's questions: a newer version of its form, and that one only joined it."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.language import translate
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.text import button, label


class Line(QWidget):
    """A framed sentence, `text`, with room at its end (`row`); hidden at first."""

    def __init__(self) -> None:
        super().__init__()
        frame = QFrame()
        frame.setProperty("kind", "offer")
        self.row = QHBoxLayout(frame)
        self.row.setContentsMargins(14, 7, 10, 7)
        self.text = label(wrap=True)
        self.row.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 0)
        column.addWidget(frame)
        self.hide()


class JoinedLine(Line):
    """Tells who joined a visit that they did and who signs it off, anybody else whose visit it is,
    and its officer that another one has a visit open at the setting. went: told to go there."""

    def __init__(self, went: SignalInstance) -> None:
        super().__init__()
        self._other = ""
        self.look = button(translate("Open that visit"), kind="chip")
        self.look.clicked.connect(lambda: went.emit(Route("visit", self._other)))
        self.row.addWidget(self.look)

    def show_sheet(self, sheet: VisitState) -> None:
        """Say it while the visit is open."""
        joined = "" if sheet.frozen else sheet.view.not_mine_to_sign
        other = "" if sheet.frozen else sheet.view.of_another
        follows = translate(
            "Your answers are saved here. The next sync combines them with the others'."
        )
        if other:
            follows = translate("What you answer changes it, and is kept under your name.")
        second = sheet.view.other_visit
        self._other = second.id if second is not None else ""
        self.look.setVisible(second is not None)
        told = second.text if second is not None else f"{joined or other} {follows}"
        self.text.setText(told)
        self.setVisible(bool(joined or other or second is not None))


class ElsewhereLine(Line):
    """Says why the answers are not on this device; hidden where they are."""

    def show_sheet(self, sheet: VisitState) -> None:
        """Say it, if it is so."""
        self.text.setText(sheet.view.answers_elsewhere)
        self.setVisible(bool(sheet.view.answers_elsewhere))


def finish_text(sheet: VisitState) -> str:
    """What the primary button of the page does."""
    if sheet.frozen:
        return translate("Report (PDF)")
    return translate("Review") if sheet.view.not_mine_to_sign else translate("Review and sign off")


class VersionOffer(Line):
    """Hidden unless there is one. `asked`: show what the move would change; nothing moves yet."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.look = button(translate("See what would change"), kind="chip")
        self.look.clicked.connect(self.asked)
        self.row.addWidget(self.look)

    def show_sheet(self, sheet: VisitState) -> None:
        """Offer the newer version, if there is one."""
        newer = sheet.view.newer_version
        self.text.setText(
            translate(
                "A newer version of this form is available: {version}. This visit stays on {held} "
                "unless you move it.",
                version=newer,
                held=sheet.form.version,
            )
        )
        self.setVisible(bool(newer))
