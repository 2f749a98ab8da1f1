"""Page objects of the desktop: a test reads as what a person does and sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from visitapp.services.services import Services
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.files import FileChooser
from visitapp.ui.pages.visit.page import VisitPage
from visitapp.ui.pages.visit.question_card import QuestionCard
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow

AnyDialog = TypeVar("AnyDialog", bound=Dialog)
WAIT_MS = 60_000


class AnswerFiles(FileChooser):
    """Stands where the system's file dialogs stand: answers with files of the test."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.to_open: Path | None = None

    def open_file(self, parent: QWidget, title: str) -> Path | None:
        return self.to_open

    def save_file(self, parent: QWidget, title: str, suggested: str) -> Path | None:
        return self.folder / suggested

    def save_pdf(self, parent: QWidget, title: str, suggested: str) -> Path | None:
        return self.folder / suggested


class Desktop:
    """The window, and the person at it."""

    def __init__(self, window: MainWindow, services: Services, qtbot: QtBot) -> None:
        self.window = window
        self.services = services
        self.qtbot = qtbot

    def press(self, key: str | Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key wherever the focus is."""
        self._wake()
        target = QApplication.focusWidget() or self.window
        held = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held |= one
        QTest.keyClick(target, key, held)

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self._wake()
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        QTest.keyClicks(target, text)

    def click(self, widget: QWidget) -> None:
        """Click the middle of a widget that is in view."""
        self._wake()
        assert widget.isEnabled(), widget.accessibleName()
        middle = QPoint(widget.width() // 2, widget.height() // 2)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=middle)

    def _wake(self) -> None:
        """Without a screen nobody makes the window active again when a dialog closes."""
        if QApplication.activeWindow() is None:
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; fails after a minute."""
        self.qtbot.waitUntil(holds, timeout=WAIT_MS)

    def dialog(self, kind: type[AnyDialog]) -> AnyDialog:
        """The dialog of that kind that is open."""
        shown = [found for found in self.window.findChildren(kind) if found.isVisible()]
        assert shown, f"no {kind.__name__} is open"
        return shown[-1]

    def message(self) -> str:
        """What the message bar of the page says."""
        return self.window.page().messages.text()

    def open_visit(self, visit_id: str, question: str = "") -> VisitScreen:
        """Go to a visit."""
        self.window.go(Route("visit", visit_id, question))
        return self.visit

    @property
    def visit(self) -> VisitScreen:
        """The Visit page."""
        return VisitScreen(self)


class VisitScreen:
    """The Visit page, as a person sees it."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self.page: VisitPage = desktop.window.pages.visit

    def card(self, question: str) -> QuestionCard:
        """The card of a question of the area shown."""
        page = self.page.area.currentWidget()
        page.build_to(question)  # type: ignore[attr-defined]  # the stack holds area pages only
        return next(c for c in self.page.area.cards() if c.question.id == question)

    def choose(self, question: str, label: str) -> None:
        """Click a value of the question's scale."""
        buttons = self.card(question).editor.findChildren(QPushButton)
        self._desktop.click(next(b for b in buttons if b.accessibleName().endswith(f": {label}")))

    def chosen(self, question: str) -> str:
        """The label that is chosen; empty when none is."""
        editor = self.card(question).editor
        checked = [b for b in editor.findChildren(QPushButton) if b.isChecked()]
        return checked[0].accessibleName().rsplit(": ", 1)[-1] if checked else ""

    @property
    def current(self) -> str:
        """The id of the current question."""
        card = self.page.area.current()
        assert card is not None
        return card.question.id

    @property
    def shown(self) -> list[str]:
        """The ids of the questions in view, once every card is there."""
        self._desktop.until(lambda: self.page.area.ready)
        return [c.question.id for c in self.page.area.cards() if not c.isHidden()]

    @property
    def saved_line(self) -> str:
        """What the foot of the side says."""
        return self.page.sidebar.saved.text()

    @property
    def outcome(self) -> str:
        """The RAG in the panel."""
        return self.page.panel.outcome.chip.rag

    @property
    def panel_text(self) -> str:
        """Everything the outcome panel says."""
        return "\n".join(texts(self.page.panel))

    @property
    def area_title(self) -> str:
        """The heading of the area shown."""
        return self.page.header.title.text()


def texts(widget: QWidget) -> list[str]:
    """Every text of the labels in a widget that are not hidden; new ones are shown first."""
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]
