"""Keep what a list shows under a name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import label

LONGEST = 60


class SaveViewDialog(Dialog):
    """`named` carries the name."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, translate("Save this view"), translate("Save the view"))
        self.column.addWidget(
            label(
                translate(
                    "The filter, the groups and the order are kept on this laptop under a name. A "
                    "view of the same name is replaced."
                ),
                wrap=True,
            )
        )
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST)
        self.name.setPlaceholderText(translate("Such as: Red in the north"))
        self.add_field(translate("Name"), self.name)

    def attempt(self) -> None:
        """Keep it."""
        name = self.name.text().strip()
        if not name:
            raise Refused(Code.BAD_VALUE, message("Give the view a name."))
        self.named.emit(name)
        self.accept()
