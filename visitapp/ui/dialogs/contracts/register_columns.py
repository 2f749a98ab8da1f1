"""Which field each column of a council's register is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.services.contracts.register.columns import FIELDS
from visitapp.services.views.registers import RegisterColumn
from visitapp.ui.dialogs.column_boxes import ColumnBoxes


class RegisterColumns(ColumnBoxes):
    """The columns, and whether settings are added."""

    def __init__(self, file: str, columns: Sequence[RegisterColumn]) -> None:
        super().__init__(file, columns, FIELDS)
        self.adds_settings = QCheckBox(translate("Add settings that are not on this laptop"))
        self.adds_settings.setAccessibleName(self.adds_settings.text())
        self.adds_settings.setToolTip(
            translate(
                "One with a location ID, or a name that it has once, comes from the regulator's "
                "file that you imported. Any other name is added as not registered."
            )
        )
        self.column.addSpacing(4)
        self.column.addWidget(self.adds_settings)

    def mapped(self) -> dict[str, str]:
        """The field of each column, empty for one that is not read. Raises Refused BAD_VALUE where
        no column has the number, or two have the same field."""
        chosen = self.chosen()
        fields = [field for field in chosen.values() if field]
        if "number" not in fields or len(fields) < 2:
            raise Refused(
                Code.BAD_VALUE,
                message("Say which column has the contract number, and what one other column is."),
                field=next(iter(self.boxes)),
            )
        return chosen
