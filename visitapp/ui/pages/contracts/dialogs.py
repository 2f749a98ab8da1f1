"""The dialogs of the page of contracts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from visitapp.errors import VisitappError
from visitapp.language import plural, translate
from visitapp.services.services import Services
from visitapp.services.views.registers import RegisterColumn
from visitapp.ui.dialogs.contracts.contract import ContractDialog
from visitapp.ui.dialogs.contracts.import_register import REGISTER_FILES, ImportRegisterDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look


class ContractDialogs(PageDialogs):
    """Shows a contract, and takes a register of them from a file."""

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

    def map_columns(self, path: Path, columns: Sequence[RegisterColumn]) -> None:
        """Ask what the columns of a file are, then show what it would change."""
        register = self._services.contract_register
        dialog = ImportRegisterDialog(self._window, register, path, columns, self._look)
        dialog.imported.connect(
            lambda n: self._saved(
                plural("Added or changed {n} contract.", "Added or changed {n} contracts.", n)
            )
        )
        dialog.open()

    def show(self, contract_id: str) -> None:
        """Show a contract with its settings."""
        contract = self._services.contracts.view(contract_id)
        dialog = ContractDialog(self._window, contract, self._look)
        dialog.setting_requested.connect(lambda id_: self.went.emit(Route("setting", id_)))
        dialog.open()
