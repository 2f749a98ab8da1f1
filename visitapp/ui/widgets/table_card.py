"""A table on a card that ends where its rows do."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.table import RowTable


class TableCard(Card):
    """Shrinks and scrolls when there are more rows than room."""

    def __init__(self, table: RowTable) -> None:
        super().__init__()
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.addWidget(table)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
