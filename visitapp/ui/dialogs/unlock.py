"""Ask for the passphrase that unlocks this laptop's data."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.errors import VisitappError
from visitapp.services.services import Services
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import label


class UnlockDialog(Dialog):
    """`services` holds what was opened once the dialog was accepted."""

    def __init__(
        self, parent: QWidget | None, open_with: Callable[[str], Services], problem: VisitappError
    ) -> None:
        super().__init__(parent, self.tr("Unlock Visitapp"), self.tr("Unlock"))
        self._open_with = open_with
        self.services: Services | None = None
        teaching = self.tr(
            "What you recorded is encrypted on this laptop. This machine has no key ring to keep "
            "the key, so a passphrase unlocks it. The first one you type becomes yours; nobody "
            "can recover it."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_field(self.tr("Passphrase"), self.passphrase)
        self.messages.show_problem(problem)

    def attempt(self) -> None:
        """Open the data with the passphrase."""
        self.services = self._open_with(self.passphrase.text())
        self.accept()
