"""The dialog that takes a council's register of contracts from a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from visitapp.errors import VisitappError
from visitapp.language import plural, translate
from visitapp.services.services import Services
from visitapp.services.views.registers import RegisterColumn
from visitapp.ui.dialogs.contracts.import_register import REGISTER_FILES, ImportRegisterDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.theme.look import Look


class RegisterDialogs(PageDialogs):
    """Takes a register of contracts from a file."""

    def __init__(
        self, window: QWidget, services: Services, look: Look, runner: Runner, files: FileChooser
    ) -> None:
        super().__init__(window, services)
        self._look, self._runner, self._files = look, runner, files

    def import_file(self) -> None:
        """Choose a register, and ask what its columns are."""
        title = translate("Import a register of contracts")
        path = self._files.open_file(self._window, title, REGISTER_FILES)
        if path is None:
            return
        register = self._services.contract_register

        def work(progress: Progress) -> list[RegisterColumn]:
            return register.columns(path)

        def failed(problem: VisitappError) -> None:
            raise problem

        def done(columns: Sequence[RegisterColumn]) -> None:
            self.map_columns(path, columns)

        self._runner.run(Operation(title, work, done, failed))

    def map_columns(self, path: Path, columns: Sequence[RegisterColumn]) -> ImportRegisterDialog:
        """Ask what the columns of a file are, then show what it would change; gives the dialog,
        which is open."""
        register = self._services.contract_register
        dialog = ImportRegisterDialog(self._window, register, path, columns, self._look)
        dialog.imported.connect(
            lambda n: self._saved(
                plural("Added or changed {n} contract.", "Added or changed {n} contracts.", n)
            )
        )
        dialog.open()
        return dialog
