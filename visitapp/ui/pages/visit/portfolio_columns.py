"""The columns of the portfolio that tell of a setting's visits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from visitapp.language import plural, translate
from visitapp.rules.choices import Rag
from visitapp.services.views.settings import PortfolioRow
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column
from visitapp.vocabulary.due import why_due


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
            of="visit",
        ),
        Column(
            translate("Next due"),
            lambda row: _next_due(row, today()),
            "next_due",
            12,
            value=lambda row: row.next_due,
            of="visit",
            fits=Cell(words.day(date(2026, 11, 28)), _late(188), strong=True),
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
    why = why_due(row.next_visit) if row.next_visit else ""
    plan = _planned(row, today)
    if days < 0:
        second = words.joined(_late(-days), plan)
        return Cell(text, second, tone="red", second_tone="red", strong=True, hint=why)
    near = days <= 28
    return Cell(text, plan, tone="amber" if near else "", strong=near, hint=why)


def _late(days: int) -> str:
    return plural("{n} day late", "{n} days late", days)


def _planned(row: PortfolioRow, today: date) -> str:
    """`planned Mon 7 Dec`."""
    if row.planned_on is None:
        return ""
    day = words.near_day(row.planned_on, today)
    missed = translate("missed {day}", day=day)
    return missed if row.planned_on < today else translate("planned {day}", day=day)
