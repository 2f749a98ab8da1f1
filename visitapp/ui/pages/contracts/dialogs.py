"""The dialog of the page of contracts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from visitapp.services.services import Services
from visitapp.ui.dialogs.contracts.contract import ContractDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look


class ContractDialogs(PageDialogs):
    """Shows a contract."""

    def __init__(self, window: QWidget, services: Services, look: Look) -> None:
        super().__init__(window, services)
        self._look = look

    def show(self, contract_id: str) -> None:
        """Show a contract with its settings."""
        contract = self._services.contracts.view(contract_id)
        dialog = ContractDialog(self._window, contract, self._look)
        dialog.setting_requested.connect(lambda id_: self.went.emit(Route("setting", id_)))
        dialog.open()
