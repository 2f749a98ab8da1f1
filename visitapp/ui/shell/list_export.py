"""The list in view is written to a file, whichever page it is on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from visitapp.errors import VisitappError
from visitapp.language import plural, translate
from visitapp.reports.lists.save import save_list
from visitapp.rules.text import safe_file_name
from visitapp.services.services import Services
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.files import FileChooser
from visitapp.ui.models.shown_list import ShownList
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import named


class ListExport(PageDialogs):
    """Asks for a file and writes a list there."""

    def __init__(
        self, window: QWidget, services: Services, runner: Runner, files: FileChooser
    ) -> None:
        super().__init__(window, services)
        self._runner, self._files = runner, files

    def offer(self, page: Page) -> None:
        """Let the menu of each table of a page ask for it; the key asks for the page in view."""
        for table in page.findChildren(RowTable):
            table.export_requested.connect(partial(self.export, page))

    def export(self, page: Page) -> None:
        """Export the list of a page; where it shows several, let the person choose."""
        shown = [one for one in page.lists() if one.rows]
        if not shown:
            self.said.emit(translate("There is no list with rows to export on this page."), None)
        elif len(shown) == 1:
            self._ask(shown[0])
        else:
            self._choose(page, shown)

    def _choose(self, page: Page, shown: list[ShownList]) -> None:
        menu = named(QMenu(page), translate("Export a list"))
        for one in shown:
            menu.addAction(one.name).triggered.connect(partial(self._ask, one))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(page.mapToGlobal(QPoint(page.width() // 3, page.height() // 4)))

    def _ask(self, shown: ShownList) -> None:
        day = self._services.desk.today().isoformat()
        suggested = f"{safe_file_name(shown.name)} {day}.xlsx"
        path = self._files.save_list(self._window, translate("Export this list"), suggested)
        if path is not None:
            self._save(shown, path)

    def _save(self, shown: ShownList, path: Path) -> None:
        services = self._services
        me = services.me()
        table = shown.table(me.title or me.name, services.desk.clock())

        def work(progress: Progress) -> Path:
            return save_list(table, path, services.exports)

        def failed(problem: VisitappError) -> None:
            raise problem

        def done(written: Path) -> None:
            rows = plural("{n} row", "{n} rows", len(table.rows))
            self._saved(translate("Saved {rows} to {file}.", rows=rows, file=written.name))

        self._runner.run(Operation(translate("Export this list"), work, done, failed))
