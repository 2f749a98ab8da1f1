"""The trends of concerns by theme, setting or provider."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.services.concerns.trends import ConcernTrends
from visitapp.services.concerns.views import TrendRow, TrendTable
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.models.rows import Cell, Column
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.month_bars import MonthBars
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import label


class ConcernTrendsDialog(Dialog):
    """The months of the row in focus as bars above the table."""

    def __init__(self, parent: QWidget | None, trends: ConcernTrends, look: Look) -> None:
        super().__init__(parent, translate("Trends of concerns"), translate("Close"), width=760)
        self._trends = trends
        self._shown: TrendTable | None = None
        self.cancel.hide()
        self.by = choices(
            translate("Counted by"),
            {
                "theme": translate("Theme"),
                "setting": translate("Setting"),
                "provider": translate("Provider"),
            },
        )
        self.heading = label(strong=True, wrap=True)
        self.chart = MonthBars(translate("Concerns by month"), look)
        self.table = RowTable(translate("Trends of concerns"), _columns(), look)
        self.add_field(translate("Counted by"), self.by)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.chart)
        card = Card()
        card.column.setContentsMargins(1, 1, 1, 1)
        card.column.addWidget(self.table)
        self.column.addWidget(card, 1)
        only = translate("Only what you can see is counted. Compliments are left out.")
        self.column.addWidget(label(only, size="small", tone="muted", wrap=True))
        self.by.currentIndexChanged.connect(self._show)
        self.table.marked.connect(lambda _: self._draw())
        self._show()
        self.by.setFocus()

    def attempt(self) -> None:
        """Close."""
        self.accept()

    def _show(self) -> None:
        self._shown = self._trends.table(self.by.currentData())
        self.table.show_rows(self._shown.rows)
        self._draw()

    def _draw(self) -> None:
        """Draw the row in focus, or without one all of them together."""
        if self._shown is None:
            return
        row = self.table.current()
        if isinstance(row, TrendRow):
            self.heading.setText(row.label)
            self.chart.show_counts(self._shown.months, row.months)
            return
        self.heading.setText(translate("All"))
        rows = self._shown.rows
        sums = [sum(one.months[n] for one in rows) for n in range(len(self._shown.months))]
        self.chart.show_counts(self._shown.months, sums)


def _columns() -> list[Column]:
    return [
        Column(translate("Counted"), lambda one: Cell(one.label, strong=True), share=40),
        Column(translate("90 days"), lambda one: Cell(str(one.count)), share=15,
               value=lambda one: one.count),
        Column(translate("90 days before"), lambda one: Cell(str(one.before)), share=20,
               value=lambda one: one.before),
        Column(translate("For 100 beds"), _per_hundred, share=20, yields=1,
               value=lambda one: one.per_hundred),
    ]  # fmt: skip


def _per_hundred(one: TrendRow) -> Cell:
    return Cell("—" if one.per_hundred is None else f"{one.per_hundred:g}")
