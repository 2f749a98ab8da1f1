"""The columns of the portfolio that tell of a setting's visits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from visitapp.language import plural, translate
from visitapp.rules.choices import Rag
from visitapp.services.views.settings import PortfolioRow
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column


def visit_columns(today: Callable[[], date]) -> list[Column]:
    """Last visit, next due."""
    return [
        Column(
            translate("Last visit"),
            _last_visit,
            "last_visit",
            12,
            4,
            value=lambda row: row.last_visit,
        ),
        Column(
            translate("Next due"),
            lambda row: _next_due(row, today()),
            "next_due",
            12,
            value=lambda row: row.next_due,
        ),
    ]


def _last_visit(row: PortfolioRow) -> Cell:
    second = translate("visit in progress") if row.draft_visit_id else ""
    # A rating may come from a visit that was returned, or that is on another laptop.
    none = translate("Never") if row.rag == Rag.UNRATED else translate("Not signed off here")
    return Cell(words.day(row.last_visit) or none, second, second_tone="amber")


def _next_due(row: PortfolioRow, today: date) -> Cell:
    if row.next_due is None:
        return Cell("—")
    days = (row.next_due - today).days
    text = words.near_day(row.next_due, today) if 0 <= days <= 28 else words.day(row.next_due)
    if days < 0:
        late = plural("{n} day late", "{n} days late", -days)
        return Cell(text, late, tone="red", second_tone="red", strong=True)
    return Cell(text, tone="amber", strong=True) if days <= 28 else Cell(text)
