"""A form preview as a person sees it, and the editor beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.support.window.windows import WAIT_MS, Desktop, VisitScreen, texts
from visitapp.services.forms.trial import FormTrial
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.shell.preview import PreviewWindow
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look


class Preview:
    """The window of one preview."""

    def __init__(self, trial: FormTrial, file: Path, look: Look, qtbot: QtBot) -> None:
        self._trial, self._qtbot = trial, qtbot
        self.window = PreviewWindow(trial, file, look)
        self.window.show()

    @property
    def desktop(self) -> Desktop:
        """The window as the page objects take it; it has the same pages."""
        return Desktop(self.window, None, self._qtbot)  # type: ignore[arg-type]  # only its pages are used

    @property
    def visit(self) -> VisitScreen:
        """The Visit page that is shown now."""
        assert self.window.stack.currentWidget() is self.window.visit_pages().visit
        return self.desktop.visit

    @property
    def title(self) -> str:
        """What the title of the window says."""
        return self.window.windowTitle()

    @property
    def faults(self) -> list[str]:
        """What stands in place of the page; nothing while the page is shown."""
        shown = self.window.stack.currentWidget() is self.window.faults
        return texts(self.window.faults) if shown else []

    @property
    def percent(self) -> int | None:
        """The outcome's percentage."""
        sheet = self.visit.page.sheet
        assert sheet is not None
        return sheet.outcome.percent

    def go(self, question: str) -> None:
        """Go to a question."""
        page = self.visit.page
        sheet = page.sheet
        assert sheet is not None
        page.open(Route("visit", sheet.view.summary.id, question))

    def dialogs(self) -> list[Dialog]:
        """The dialogs that are open."""
        return [found for found in self.window.findChildren(Dialog) if found.isVisible()]

    def save(self, file: Path, text: str) -> None:
        """Write the file in place, as simple editors do."""
        file.write_text(text, encoding="utf-8")

    def replace(self, file: Path, text: str) -> None:
        """Write another file and put it in its place, as careful editors do."""
        beside = file.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self._qtbot.waitUntil(holds, timeout=WAIT_MS)

    def close(self) -> None:
        """Close the window and throw the trial away."""
        self.window.close()
        self.window.deleteLater()
        self._trial.close()
