"""The column of the portfolio that tells of a setting's actions."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.services.views.settings import PortfolioRow
from visitapp.ui.models.rows import Cell, Column, in_file


def action_columns() -> list[Column]:
    """How many actions are open, and how many are overdue."""
    return [
        Column(
            translate("Actions"),
            _actions,
            "actions",
            10,
            value=lambda row: row.open_actions,
            of="action",
        ),
        in_file(translate("Overdue actions"), lambda row: row.overdue_actions, of="action"),
    ]


def _actions(row: PortfolioRow) -> Cell:
    if not row.open_actions:
        return Cell("—")
    late = translate("{n} overdue", n=row.overdue_actions) if row.overdue_actions else ""
    return Cell(translate("{n} open", n=row.open_actions), late, second_tone="amber")
