"""Which questions of the visit are shown: all, the unanswered, or what was left last time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from forms.model import Area
from visitapp.language import translate
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.text import button


class Narrowing(QObject):
    """Two switches for the head of the page, at most one of them on; `changed` tells a press."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.unanswered = self._switch(translate("Unanswered only"))
        self.left = self._switch(translate("Not checked last time"))
        self.switches = (self.left, self.unanswered)
        self.commands = {"unanswered": self.unanswered.click, "left": self.left.click}

    def _switch(self, text: str) -> QPushButton:
        made = button(text)
        made.setCheckable(True)
        made.clicked.connect(lambda on: self._press(made, on=on))
        return made

    def _press(self, pressed: QPushButton, *, on: bool) -> None:
        for switch in self.switches:
            switch.setChecked(on and switch is pressed)
        self.changed.emit()

    def begin(self, sheet: VisitState) -> None:
        """Another visit: show all of it, with the switch for what was left if anything was."""
        self.unanswered.setChecked(False)
        self.left.setChecked(False)
        self.show_sheet(sheet)

    def end(self) -> None:
        """Show every question again, without telling."""
        self.unanswered.setChecked(False)
        self.left.setChecked(False)

    def show_sheet(self, sheet: VisitState) -> None:
        """Count what was left last time."""
        left = sheet.left_last_time()
        text = translate("Not checked last time ({n})", n=len(left))
        self.left.setText(text)
        self.left.setAccessibleName(text)
        self.left.setVisible(bool(left) and not sheet.frozen)

    def kept(self, sheet: VisitState, area: Area) -> set[str] | None:
        """The questions of an area to show, those unanswered now; None for all of them."""
        if self.left.isChecked():
            return set(sheet.left_last_time(area))
        if self.unanswered.isChecked():
            return {q.id for q in sheet.questions(area) if not sheet.answered(q)}
        return None

    def nothing(self) -> str:
        """What an area says that has nothing to show."""
        if self.left.isChecked():
            return translate("Everything in this area was checked last time.")
        return translate("Everything in this area is answered.")

    def wants(self, sheet: VisitState, area: Area) -> bool:
        """Is there anything to show of an area?"""
        kept = self.kept(sheet, area)
        return kept is None or bool(kept)
