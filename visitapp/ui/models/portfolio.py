"""The columns of the portfolio."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from visitapp.language import plural, translate
from visitapp.services.views.settings import PortfolioRow
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column


def portfolio_columns(today: Callable[[], date]) -> list[Column]:
    """Setting, outcome, placements, risk, regulator, last visit, next due, actions."""
    return [
        Column(translate("Setting"), _setting, "name", 27),
        Column(
            translate("Outcome"), lambda row: Cell(words.rag_word(row.rag), rag=row.rag), "rag", 11
        ),
        Column(translate("Placements"), _placements, "placements", 21, 1),
        Column(translate("Risk"), _risk, "risk", 14, 2),
        Column(translate("Regulator"), _regulator, "regulator", 20, 3),
        Column(translate("Last visit"), _last_visit, "last_visit", 12, 4),
        Column(translate("Next due"), lambda row: _next_due(row, today()), "next_due", 12),
        Column(translate("Actions"), _actions, "actions", 10),
    ]


def setting_line(row: PortfolioRow) -> str:
    """`Nursing · 47 beds · Fenland Care Ltd`."""
    beds = plural("{n} bed", "{n} beds", row.beds) if row.beds else ""
    return words.joined(words.service_type(row.service_type), beds, row.provider)


def _setting(row: PortfolioRow) -> Cell:
    return Cell(row.name, setting_line(row), strong=True)


def _placements(row: PortfolioRow) -> Cell:
    return Cell(row.placements, row.placements_note)


def _risk(row: PortfolioRow) -> Cell:
    """`High · 41`: the latest signed-off assessment, whose higher scores are lower risks."""
    if not row.risk_rag:
        return Cell(translate("Not assessed"), tone="muted")
    score = "" if row.risk_percent is None else str(row.risk_percent)
    return Cell(words.joined(words.risk_word(row.risk_rag), score), rag=row.risk_rag)


def _regulator(row: PortfolioRow) -> Cell:
    return Cell(
        row.regulator_overall or translate("Not yet inspected"), words.day(row.regulator_published)
    )


def _last_visit(row: PortfolioRow) -> Cell:
    second = translate("visit in progress") if row.draft_visit_id else ""
    return Cell(words.day(row.last_visit) or translate("Never"), second, second_tone="amber")


def _next_due(row: PortfolioRow, today: date) -> Cell:
    if row.next_due is None:
        return Cell("—")
    days = (row.next_due - today).days
    text = words.near_day(row.next_due, today) if 0 <= days <= 28 else words.day(row.next_due)
    if days < 0:
        late = plural("{n} day late", "{n} days late", -days)
        return Cell(text, late, tone="red", second_tone="red", strong=True)
    return Cell(text, tone="amber", strong=True) if days <= 28 else Cell(text)


def _actions(row: PortfolioRow) -> Cell:
    if not row.open_actions:
        return Cell("—")
    late = translate("{n} overdue", n=row.overdue_actions) if row.overdue_actions else ""
    return Cell(translate("{n} open", n=row.open_actions), late, second_tone="amber")
