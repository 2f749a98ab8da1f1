"""Page objects of the desktop: a test reads as what a person does and sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.support.window.screens import (
    DecisionsScreen,
    ListScreen,
    PortfolioScreen,
    ReviewScreen,
    Screen,
    SettingScreen,
    TodayScreen,
)
from tests.support.window.visit_screen import VisitScreen, texts
from visitapp.services.services import Services
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.files import FileChooser
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow

__all__ = ["AnswerFiles", "Desktop", "texts"]

AnyDialog = TypeVar("AnyDialog", bound=Dialog)
WAIT_MS = 60_000
SOON_MS = 50


class AnswerFiles(FileChooser):
    """Stands where the system's file dialogs stand: answers with files of the test."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.to_open: Path | None = None
        self.several: list[Path] = []
        self.shown: list[Path] = []
        self.printed: list[Path] = []
        self.links: list[str] = []
        self.has_viewer = True

    def open_file(self, parent: QWidget, title: str, patterns: Sequence[str] = ()) -> Path | None:
        return self.to_open

    def open_files(self, parent: QWidget, title: str, patterns: Sequence[str] = ()) -> list[Path]:
        return self.several or ([] if self.to_open is None else [self.to_open])

    def open_folder(self, parent: QWidget, title: str) -> Path | None:
        return self.folder

    def save_file(self, parent: QWidget, title: str, suggested: str) -> Path | None:
        return self.folder / suggested

    def save_list(self, parent: QWidget, title: str, suggested: str) -> Path | None:
        return self.folder / suggested

    def save_pdf(self, parent: QWidget, title: str, suggested: str) -> Path | None:
        return self.folder / suggested

    def open_link(self, address: str) -> bool:
        self.links.append(address)
        return True

    def print(self, parent: QWidget, file: Path) -> bool:
        self.printed.append(file)
        return True

    def show(self, file: Path) -> bool:
        self.shown.append(file)
        return self.has_viewer


class Desktop:
    """The window, and the person at it."""

    def __init__(
        self, window: MainWindow, services: Services, qtbot: QtBot, folder: Path | None = None
    ) -> None:
        self.folder = folder or Path()
        self.window = window
        self.services = services
        self.qtbot = qtbot

    @property
    def files(self) -> FileChooser:
        """What stands where the system's file dialogs stand."""
        return self.window.files

    def press(self, key: str | Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key wherever the focus is."""
        self.wake()
        target = QApplication.focusWidget() or self.window
        held = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held |= one
        QTest.keyClick(target, key, held)

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self.wake()
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        QTest.keyClicks(target, text)

    def click(self, widget: QWidget) -> None:
        """Click the middle of a widget that is in view."""
        self.wake()
        assert widget.isEnabled(), widget.accessibleName()
        middle = QPoint(widget.width() // 2, widget.height() // 2)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=middle)

    def settle(self) -> None:
        """Let the layout come to rest."""
        for _ in range(4):
            QApplication.processEvents()

    def wake(self) -> None:
        """Without a screen nobody makes the window active again when a dialog closes."""
        if QApplication.activeWindow() is None:
            top = QApplication.activeModalWidget() or self.window
            top.activateWindow()
            self.until(top.isActiveWindow)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; fails after a minute."""
        # What comes soon is not waited for in steps of 10 ms, as `waitUntil` does.
        for _ in range(SOON_MS):
            with suppress(AssertionError):
                if holds():
                    return
            self.qtbot.wait(1)
        self.qtbot.waitUntil(holds, timeout=WAIT_MS)

    def dialog(self, kind: type[AnyDialog]) -> AnyDialog:
        """The dialog of that kind that is open."""
        shown = [found for found in self.window.findChildren(kind) if found.isVisible()]
        assert shown, f"no {kind.__name__} is open"
        self.until(lambda: QApplication.activeWindow() is not self.window)
        return shown[-1]

    def dialog_over(self, kind: type[AnyDialog]) -> AnyDialog:
        """The dialog of that kind that another dialog opened, once the keys go to it."""
        dialog = self.dialog(kind)
        self.until(lambda: QApplication.activeWindow() is dialog)
        return dialog

    @property
    def dialog_title(self) -> str:
        """The title of the dialog that is open."""
        return self.dialog(Dialog).windowTitle()

    def message(self) -> str:
        """What the message bar of the page says."""
        return self.window.page().messages.text()

    def open_visit(self, visit_id: str, question: str = "") -> VisitScreen:
        """Go to a visit."""
        self.window.go(Route("visit", visit_id, question))
        return self.visit

    def open_portfolio(self) -> None:
        """Go to the portfolio."""
        self.window.go(Route("portfolio"))

    def close(self) -> None:
        """Close the window, as the person's system does."""
        self.window.close()
        self.settle()

    @property
    def is_open(self) -> bool:
        """Whether the window is still there."""
        return self.window.isVisible()

    @property
    def toast(self) -> str:
        """What the line at the foot of the window says."""
        return " ".join(one.text() for one in self.window.toast.findChildren(QLabel))

    def undo_toast(self) -> None:
        """Press Undo in the message that came up."""
        self.click(self.window.toast.undo)

    def start_visit(self, setting_id: str) -> None:
        """Press Start a visit at a setting."""
        self.window.go(Route("setting", setting_id))
        self.window.dialogs.visit.start_visit(setting_id)

    def reopened_preferences(self) -> Preferences:
        """The preferences as the next start reads them from the file."""
        return Preferences(self.folder)

    @property
    def focus(self) -> str:
        """The accessible name of what has the focus."""
        self.wake()
        focused = QApplication.focusWidget()
        return focused.accessibleName() if focused is not None else ""

    @property
    def portfolio(self) -> PortfolioScreen:
        """The portfolio."""
        return PortfolioScreen(self, self.window.pages.portfolio, "Settings", "portfolio")

    @property
    def visits(self) -> ListScreen:
        """The list of visits."""
        return ListScreen(self, self.window.pages.visits, "Visits", "visits")

    @property
    def actions(self) -> ListScreen:
        """The list of actions."""
        return ListScreen(self, self.window.pages.actions, "Actions", "actions")

    @property
    def changes(self) -> ListScreen:
        """What regulators' files said anew."""
        return ListScreen(self, self.window.pages.changes, "Changes", "changes")

    @property
    def notices(self) -> ListScreen:
        """What others were told of changes."""
        return ListScreen(self, self.window.pages.notices, "Notices", "notices")

    @property
    def concerns(self) -> ListScreen:
        """The list of concerns."""
        return ListScreen(self, self.window.pages.concerns, "Concerns", "concerns")

    @property
    def contracts(self) -> ListScreen:
        """The list of contracts."""
        return ListScreen(self, self.window.pages.contracts, "Contracts", "contracts")

    @property
    def interventions(self) -> ListScreen:
        """The list of interventions."""
        return ListScreen(self, self.window.pages.interventions, "Interventions", "interventions")

    @property
    def policies(self) -> ListScreen:
        """The versions of the council's policy."""
        return ListScreen(self, self.window.pages.policies, "Policies", "policies")

    @property
    def providers(self) -> ListScreen:
        """The list of providers."""
        return ListScreen(self, self.window.pages.providers, "Providers", "providers")

    @property
    def provider(self) -> Screen:
        """The page of one provider."""
        return Screen(self, self.window.pages.provider)

    @property
    def setting(self) -> SettingScreen:
        """The page of one setting."""
        return SettingScreen(self)

    @property
    def review(self) -> ReviewScreen:
        """The review page."""
        return ReviewScreen(self)

    @property
    def officers(self) -> Screen:
        """The officers page."""
        return Screen(self, self.window.pages.officers)

    def refresh(self) -> None:
        """What happens when a sync brought something."""
        self.window.page().read_again()

    @property
    def hidden_pages(self) -> list[Page]:
        """The pages that are not in view."""
        return [page for page in self.window.pages.made.values() if not page.isVisible()]

    @property
    def decisions(self) -> DecisionsScreen:
        """The page Decisions."""
        return DecisionsScreen(self)

    @property
    def today(self) -> TodayScreen:
        """The page Today."""
        return TodayScreen(self)

    @property
    def outcome(self) -> Screen:
        """The right side of the Visit page."""
        return Screen(self, self.window.pages.visit.panel)

    @property
    def sync(self) -> Screen:
        """The sync page."""
        return Screen(self, self.window.pages.sync)

    @property
    def menu_entries(self) -> list[str]:
        """What the menu key shows where the focus is; it is closed again."""
        return [text for text, _ in self._menu()]

    def menu(self, name: str) -> None:
        """Press the menu key where the focus is, and choose the entry of that name."""
        entries = dict(self._menu())
        entries[name].trigger()

    def _menu(self) -> list[tuple[str, QAction]]:
        self.wake()
        target = QApplication.focusWidget() or self.window.page()
        here = target.rect().center()
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(target, QContextMenuEvent(reason, here, target.mapToGlobal(here)))
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu), "no menu is open"
        actions = [one for one in popup.actions() if one.text()]
        popup.close()
        return [(one.text().split("\t")[0], one) for one in actions]

    @property
    def shown(self) -> str:
        """The name of the page that is shown."""
        return self.window.page().accessibleName()

    @property
    def visit(self) -> VisitScreen:
        """The Visit page."""
        return VisitScreen(self)
