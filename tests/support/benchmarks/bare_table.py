"""The least that a table of Qt's takes: ready rows of texts, sorted and filtered by its proxy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QTableView

Index = QModelIndex | QPersistentModelIndex


class BareModel(QAbstractTableModel):
    """Rows of ready texts."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Sequence[str]] = []

    def show(self, rows: Sequence[Sequence[str]]) -> None:
        """Replace every row."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or not self.rows else len(self.rows[0])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()][index.column()]
        return None


class BareTable(QTableView):
    """Shows them."""

    def __init__(self) -> None:
        super().__init__()
        self.bare = BareModel()
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self.bare)
        self.setModel(self.proxy)
