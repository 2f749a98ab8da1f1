"""The band under a header that holds a page's tabs."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from visitapp.ui.widgets.filter_chips import FilterChips


class TabStrip(QFrame):
    """Holds chips of the kind `tab`."""

    def __init__(self, tabs: FilterChips) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.addWidget(tabs)
