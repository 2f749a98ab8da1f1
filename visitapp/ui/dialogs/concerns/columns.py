"""Which field each column of a case system's file is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.services.concerns.sheet_columns import COLUMNS, NEEDED
from visitapp.services.concerns.sheets import ConcernSheets
from visitapp.services.views.registers import RegisterColumn
from visitapp.ui.dialogs.column_boxes import ColumnBoxes
from visitapp.ui.dialogs.dialog import Dialog


class ConcernColumnsDialog(Dialog):
    """`mapped` carries the ConcernSheet of the file as it is read now."""

    mapped = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        sheets: ConcernSheets,
        path: Path,
        columns: Sequence[RegisterColumn],
    ) -> None:
        heading = translate("Columns of a case file")
        super().__init__(parent, heading, translate("Show the concerns"), width=700)
        self._sheets, self._path = sheets, path
        self.columns = ColumnBoxes(path.name, columns, COLUMNS)
        self.by_name |= self.columns.boxes
        self.column.addWidget(self.columns)

    def attempt(self) -> None:
        """Read the file with these columns."""
        chosen = self.columns.chosen()
        missing = [str(COLUMNS[field]) for field in NEEDED if field not in chosen.values()]
        if missing:
            raise Refused(
                Code.BAD_VALUE,
                message("Say which column has: {fields}.", fields=", ".join(missing)),
                field=next(iter(self.columns.boxes)),
            )
        self.mapped.emit(self._sheets.preview(self._path, chosen))
        self.accept()
