"""Which field each column of a council's register is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from visitapp.errors import Code, Refused
from visitapp.language import message, plural, translate
from visitapp.services.contracts.register.columns import FIELDS
from visitapp.services.views.registers import RegisterColumn
from visitapp.ui.widgets.choice_box import ChoiceBox
from visitapp.ui.widgets.text import label


class RegisterColumns(QWidget):
    """A box for each column of the file, filled with what it is taken to be."""

    def __init__(self, file: str, columns: Sequence[RegisterColumn]) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        teaching = plural(
            "{file} has {n} column. Say what it is. This laptop remembers it for the next file.",
            "{file} has {n} columns. Say what each of them is. This laptop remembers it for the "
            "next file.",
            len(columns),
            file=file,
        )
        outer.addWidget(label(teaching, tone="muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.boxes: dict[str, ChoiceBox] = {}
        for row, column in enumerate(columns):
            box = self.boxes[column.title] = _box(column)
            caption = label(column.title, wrap=True)
            caption.setBuddy(box)
            grid.addWidget(caption, row, 0)
            grid.addWidget(box, row, 1)
        outer.addLayout(grid)
        self.adds_settings = QCheckBox(translate("Add settings that are not on this laptop"))
        self.adds_settings.setAccessibleName(self.adds_settings.text())
        self.adds_settings.setToolTip(
            translate(
                "One with a location ID, or a name that it has once, comes from the regulator's "
                "file that you imported. Any other name is added as not registered."
            )
        )
        outer.addSpacing(4)
        outer.addWidget(self.adds_settings)

    def mapped(self) -> dict[str, str]:
        """The field of each column, empty for one that is not read. Raises Refused BAD_VALUE where
        no column has the number, or two have the same field."""
        chosen = {title: str(box.currentData()) for title, box in self.boxes.items()}
        fields = [field for field in chosen.values() if field]
        for field in fields:
            if fields.count(field) > 1:
                titles = [title for title, one in chosen.items() if one == field]
                raise Refused(
                    Code.BAD_VALUE,
                    message("Two columns cannot both be “{field}”.", field=FIELDS[field]),
                    field=titles[-1],
                )
        if "number" not in fields or len(fields) < 2:
            raise Refused(
                Code.BAD_VALUE,
                message("Say which column has the contract number, and what one other column is."),
                field=next(iter(self.boxes)),
            )
        return chosen


def _box(column: RegisterColumn) -> ChoiceBox:
    box = ChoiceBox()
    box.setAccessibleName(translate("Column {title}", title=column.title))
    box.addItem(translate("Not read"), "")
    for field, words in FIELDS.items():
        box.addItem(str(words), field)
    box.setCurrentIndex(box.findData(column.field))
    return box
