"""Which field each column of a file is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from visitapp.errors import Code, Refused
from visitapp.language import Message, message, plural, translate
from visitapp.services.views.registers import RegisterColumn
from visitapp.ui.widgets.choice_box import ChoiceBox
from visitapp.ui.widgets.text import label


class ColumnBoxes(QWidget):
    """A box for each column of the file, filled with what it is taken to be. `fields`: their words
    by name."""

    def __init__(
        self, file: str, columns: Sequence[RegisterColumn], fields: Mapping[str, Message]
    ) -> None:
        super().__init__()
        self._fields = fields
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        teaching = plural(
            "{file} has {n} column. Say what it is. This laptop remembers it for the next file.",
            "{file} has {n} columns. Say what each of them is. This laptop remembers it for the "
            "next file.",
            len(columns),
            file=file,
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.boxes: dict[str, ChoiceBox] = {}
        for row, column in enumerate(columns):
            box = self.boxes[column.title] = self._box(column)
            caption = label(column.title, wrap=True)
            caption.setBuddy(box)
            grid.addWidget(caption, row, 0)
            grid.addWidget(box, row, 1)
        self.column.addLayout(grid)

    def chosen(self) -> dict[str, str]:
        """The field of each column, empty for one that is not read. Raises Refused BAD_VALUE where
        two have the same field."""
        chosen = {title: str(box.currentData()) for title, box in self.boxes.items()}
        fields = [field for field in chosen.values() if field]
        for field in fields:
            if fields.count(field) > 1:
                titles = [title for title, one in chosen.items() if one == field]
                raise Refused(
                    Code.BAD_VALUE,
                    message("Two columns cannot both be “{field}”.", field=self._fields[field]),
                    field=titles[-1],
                )
        return chosen

    def _box(self, column: RegisterColumn) -> ChoiceBox:
        box = ChoiceBox()
        box.setAccessibleName(translate("Column {title}", title=column.title))
        box.addItem(translate("Not read"), "")
        for field, words in self._fields.items():
            box.addItem(str(words), field)
        box.setCurrentIndex(box.findData(column.field))
        return box
