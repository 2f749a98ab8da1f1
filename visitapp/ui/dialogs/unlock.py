"""Ask for the passphrase that unlocks this laptop's data."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import translate
from visitapp.services.services import Services
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import type_again
from visitapp.ui.widgets.text import label


class UnlockDialog(Dialog):
    """`services` holds what was opened once the dialog was accepted."""

    def __init__(self, parent: QWidget | None, open_with: Callable[[str], Services]) -> None:
        super().__init__(parent, translate("Unlock Visitapp"), translate("Unlock"))
        self._open_with = open_with
        self.services: Services | None = None
        teaching = translate(
            "Your records are encrypted on this laptop. Type the passphrase you chose at the first "
            "start."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_field(translate("Passphrase"), self.passphrase)

    def attempt(self) -> None:
        """Open the data with the passphrase."""
        try:
            self.services = self._open_with(self.passphrase.text())
        except EnvironmentProblem as problem:
            if problem.code not in (Code.WRONG_KEY, Code.NO_KEY):
                raise
            self.messages.show_text(
                translate("This is not the passphrase. Your records are unchanged."),
                translate("Check Caps Lock and the keyboard language, and try again."),
                kind="problem",
            )
            type_again(self.passphrase)
            return
        self.accept()
