"""The dialogs of concerns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.errors import BadFile, Code, VisitappError
from visitapp.language import plural, translate
from visitapp.rules.text import safe_file_name
from visitapp.services.concerns.views import ConcernSheet
from visitapp.services.services import Services
from visitapp.services.views.registers import RegisterColumn
from visitapp.ui.dialogs.concerns.columns import ConcernColumnsDialog
from visitapp.ui.dialogs.concerns.concern import ConcernDialog
from visitapp.ui.dialogs.concerns.correct import CorrectConcernDialog
from visitapp.ui.dialogs.concerns.import_concerns import CONCERN_FILES, ImportConcernsDialog
from visitapp.ui.dialogs.concerns.log import LogConcernDialog
from visitapp.ui.dialogs.concerns.trends import ConcernTrendsDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.theme.look import Look


class ConcernDialogs(PageDialogs):
    """Logs a concern, takes one further, or takes many from a file. `evidence_opened` carries an
    EvidenceView."""

    evidence_opened = Signal(object)

    def __init__(
        self, window: QWidget, services: Services, look: Look, runner: Runner, files: FileChooser
    ) -> None:
        super().__init__(window, services)
        self._look, self._runner, self._files = look, runner, files

    def log(self, setting_id: str = "") -> None:
        """Log a concern about a setting, given or to be chosen."""
        settings = {row.setting_id: row.name for row in self._services.portfolio.rows()}
        self._open_log(
            LogConcernDialog(self._window, self._services.concerns, settings, setting_id)
        )

    def log_on_visit(self, visit_id: str, question: str) -> None:
        """Log a concern that was met on a visit, at a question of it."""
        summary = self._services.visits.view(visit_id).summary
        dialog = LogConcernDialog(
            self._window,
            self._services.concerns,
            {summary.setting_id: summary.setting},
            summary.setting_id,
            visit=(visit_id, question),
        )
        self._open_log(dialog)

    def show(self, concern_id: str) -> None:
        """Show a concern, and take it further."""
        concerns = self._services.concerns
        handling = self._services.concern_handling
        links = self._services.concern_links
        dialog = ConcernDialog(self._window, concerns, handling, links, concerns.view(concern_id))
        dialog.watch(lambda: concerns.view(concern_id))
        dialog.recorded.connect(lambda _: self._saved(translate("Concern saved.")))
        dialog.note_requested.connect(self.print_note)
        dialog.edit_requested.connect(self.correct)
        dialog.evidence_requested.connect(self.add_evidence)
        dialog.evidence_opened.connect(self.evidence_opened)
        dialog.open()

    def add_evidence(self, concern_id: str) -> None:
        """Add a photo or document to a concern."""
        title = translate("Choose a photo or document")
        file = self._files.open_file(self._window, title)
        if file is not None:
            self._services.evidence.add_to_concern(concern_id, file)
            self._saved(translate("Evidence added."))

    def correct(self, concern_id: str) -> None:
        """Correct what was logged of a concern."""
        concerns = self._services.concerns
        dialog = CorrectConcernDialog(self._window, concerns, concerns.view(concern_id))
        dialog.watch(lambda: concerns.view(concern_id))
        dialog.corrected.connect(lambda _: self._saved(translate("Concern saved.")))
        dialog.open()

    def print_note(self, concern_id: str) -> None:
        """Save the Need to Know note of a concern."""
        row = self._services.concerns.view(concern_id).row
        name = translate("Need to Know {setting}", setting=row.setting)
        title = translate("Save the Need to Know note")
        out = self._files.save_pdf(self._window, title, safe_file_name(name) + ".pdf")
        if out is None:
            return
        # Late: reportlab would take a tenth of the start.
        from visitapp.reports.concerns.need_to_know import Said, save_need_to_know

        save_need_to_know(self._services, concern_id, Said(), out)
        self.said.emit(translate("Note saved to {file}.", file=out), None)

    def show_trends(self) -> None:
        """Show the figures by theme, setting and provider."""
        ConcernTrendsDialog(self._window, self._services.concern_trends, self._look).open()

    def import_file(self) -> None:
        """Choose a case system's file, and show what it would log."""
        title = translate("Import a case file")
        path = self._files.open_file(self._window, title, CONCERN_FILES)
        if path is None:
            return
        sheets = self._services.concern_sheets

        def work(progress: Progress) -> ConcernSheet | list[RegisterColumn]:
            try:
                return sheets.preview(path)
            except BadFile as refused:
                if refused.code != Code.FILE_UNKNOWN:
                    raise
                return sheets.columns(path)

        def failed(problem: VisitappError) -> None:
            raise problem

        def done(found: ConcernSheet | list[RegisterColumn]) -> None:
            if isinstance(found, ConcernSheet):
                self.show_sheet(found)
            else:
                self.map_columns(path, found)

        self._runner.run(Operation(title, work, done, failed))

    def map_columns(self, path: Path, columns: Sequence[RegisterColumn]) -> None:
        """Ask what the columns of a file are, then show what it would log."""
        sheets = self._services.concern_sheets
        dialog = ConcernColumnsDialog(self._window, sheets, path, columns)
        dialog.mapped.connect(self.show_sheet)
        dialog.open()

    def show_sheet(self, sheet: ConcernSheet) -> None:
        """Show what a file would log, and ask whether to take it."""
        dialog = ImportConcernsDialog(
            self._window, self._services.concern_sheets, sheet, self._look
        )
        path = Path(sheet.file)
        dialog.columns_requested.connect(
            lambda: self.map_columns(path, self._services.concern_sheets.columns(path))
        )
        dialog.imported.connect(
            lambda n: self._saved(plural("Logged {n} concern.", "Logged {n} concerns.", n))
        )
        dialog.open()

    def _open_log(self, dialog: LogConcernDialog) -> None:
        dialog.logged.connect(lambda _: self._saved(translate("Concern logged.")))
        dialog.open()
