"""The columns of the portfolio."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from visitapp.services.views.settings import PortfolioRow
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column
from visitapp.ui.words import say


def portfolio_columns(today: Callable[[], date]) -> list[Column]:
    """Setting, outcome, placements, risk, regulator, last visit, next due, actions."""
    return [
        Column(say("Setting"), _setting, "name", 27),
        Column(say("Outcome"), lambda row: Cell(words.rag_word(row.rag), rag=row.rag), "rag", 11),
        Column(say("Placements"), _placements, "placements", 21, 1),
        Column(say("Risk"), _risk, "risk", 14, 2),
        Column(say("Regulator"), _regulator, "regulator", 20, 3),
        Column(say("Last visit"), _last_visit, "last_visit", 12, 4),
        Column(say("Next due"), lambda row: _next_due(row, today()), "next_due", 12),
        Column(say("Actions"), _actions, "actions", 10),
    ]


def setting_line(row: PortfolioRow) -> str:
    """`Nursing · 47 beds · Fenland Care Ltd`."""
    beds = words.count(row.beds, say("{n} bed"), say("{n} beds")) if row.beds else ""
    return words.joined(words.service_type(row.service_type), beds, row.provider)


def _setting(row: PortfolioRow) -> Cell:
    return Cell(row.name, setting_line(row), strong=True)


def _placements(row: PortfolioRow) -> Cell:
    return Cell(row.placements, row.placements_note)


def _risk(row: PortfolioRow) -> Cell:
    """`High · 41`: the latest signed-off assessment, whose higher scores are lower risks."""
    if not row.risk_rag:
        return Cell(say("Not assessed"), tone="muted")
    score = "" if row.risk_percent is None else str(row.risk_percent)
    return Cell(words.joined(words.risk_word(row.risk_rag), score), rag=row.risk_rag)


def _regulator(row: PortfolioRow) -> Cell:
    return Cell(
        row.regulator_overall or say("Not yet inspected"), words.day(row.regulator_published)
    )


def _last_visit(row: PortfolioRow) -> Cell:
    second = say("visit in progress") if row.draft_visit_id else ""
    return Cell(words.day(row.last_visit) or say("Never"), second, second_tone="amber")


def _next_due(row: PortfolioRow, today: date) -> Cell:
    if row.next_due is None:
        return Cell("—")
    days = (row.next_due - today).days
    text = words.near_day(row.next_due, today) if 0 <= days <= 28 else words.day(row.next_due)
    if days < 0:
        late = words.count(-days, say("{n} day late"), say("{n} days late"))
        return Cell(text, late, tone="red", second_tone="red", strong=True)
    return Cell(text, tone="amber", strong=True) if days <= 28 else Cell(text)


def _actions(row: PortfolioRow) -> Cell:
    if not row.open_actions:
        return Cell("—")
    late = say("{n} overdue").format(n=row.overdue_actions) if row.overdue_actions else ""
    return Cell(say("{n} open").format(n=row.open_actions), late, second_tone="amber")
