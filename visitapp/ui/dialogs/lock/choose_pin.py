"""Choose the PIN that opens the window after it locked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.rules.passwords import SHORTEST_PIN
from visitapp.services.locking import Locking
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import label


class ChoosePinDialog(Dialog):
    """`chosen` says that it was."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None, locking: Locking) -> None:
        super().__init__(parent, translate("Choose a PIN"), translate("Choose this PIN"))
        self._locking = locking
        teaching = translate(
            "The window asks for it after you were away, and at the start. At least {n} letters or "
            "figures. Your records are protected by your sign-in to this computer.",
            n=SHORTEST_PIN,
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.pin, self.again = QLineEdit(), QLineEdit()
        for field in (self.pin, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_field(translate("PIN"), self.pin)
        self.add_field(translate("The same PIN again"), self.again)

    def attempt(self) -> None:
        """Keep it."""
        if self.pin.text() != self.again.text():
            raise Refused(Code.BAD_VALUE, message("The two PINs differ."), field="again")
        self._locking.choose_pin(self.pin.text())
        self.chosen.emit()
        self.accept()
