"""What is shown while the window is locked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.services.locking import Locking, Secret
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import type_again
from visitapp.ui.widgets.text import label


class LockedDialog(Dialog):
    """Accepted once it is opened with what the person knows; nothing else closes it."""

    may_leave = False

    def __init__(self, parent: QWidget | None, locking: Locking) -> None:
        super().__init__(parent, translate("Visitapp is locked"), translate("Unlock"))
        self._locking, self._secret = locking, locking.secret()
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.cancel.hide()
        teaching = translate("Your work is saved, and a sync goes on.")
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.typed = QLineEdit()
        self.typed.setEchoMode(QLineEdit.EchoMode.Password)
        if self._secret == Secret.NONE:
            warning = translate(
                "Anybody at this laptop can unlock it. Choose a PIN: press Ctrl K and type PIN."
            )
            self.column.addWidget(label(warning, wrap=True))
        else:
            self.add_field(self._called(), self.typed)

    def attempt(self) -> None:
        """Open the window, if it is the right one."""
        if self._locking.opens_with(self.typed.text()):
            self.accept()
            return
        self.messages.show_text(
            translate("This is not the passphrase.")
            if self._secret == Secret.PASSPHRASE
            else translate("This is not the PIN."),
            translate("Check Caps Lock and the keyboard language, and try again."),
            kind="problem",
        )
        type_again(self.typed)

    def _called(self) -> str:
        return translate("Passphrase") if self._secret == Secret.PASSPHRASE else translate("PIN")
