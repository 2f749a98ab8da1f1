"""The portfolio: every setting on the desk with what matters about it, and the counts above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from visitapp.rules.attention import is_overdue
from visitapp.rules.text import folded
from visitapp.services.context import Desk
from visitapp.services.settings.portfolio_query import portfolio_rows, rating_changes
from visitapp.services.views.settings import PortfolioRow, PortfolioSummary

RECENT = timedelta(days=30)

_RAG_ORDER = {"red": 0, "amber": 1, "green": 2, "unrated": 3}


class Portfolio:
    """The list of settings and its summary. One query each, however many settings."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(
        self,
        *,
        text: str = "",
        filter: str = "all",  # noqa: A002 the word on the screen
        order: str = "name",
        descending: bool = False,
    ) -> list[PortfolioRow]:
        """Settings whose name, provider, postcode or location id holds `text`.

        `filter` is one of FILTERS, `order` one of ORDERS. What has no value comes last; settings
        found by their names come before those found by provider or address.
        """
        today = self._desk.today()
        with self._desk.reading() as session:
            rows = self._all(session, text)
        wanted = FILTERS[filter]
        ordered = _sorted([row for row in rows if wanted(row, today)], ORDERS[order], descending)
        words = folded(text).split()
        return sorted(ordered, key=lambda row: _name_lacks(row, words)) if words else ordered

    def summary(self) -> PortfolioSummary:
        """The counts over the whole portfolio. Visits due in 28 days include the overdue ones."""
        today = self._desk.today()
        with self._desk.reading() as session:
            rows = self._all(session)
            changed = rating_changes(session, self._desk.clock() - RECENT)
        return PortfolioSummary(
            settings=len(rows),
            by_service_type=dict(Counter(row.service_type for row in rows).most_common()),
            by_rag={rag: sum(row.rag == rag for row in rows) for rag in _RAG_ORDER},
            changed_last_30_days=changed,
            visits_due_28_days=sum(_visit_due(row, today) for row in rows),
            visits_overdue=sum(_visit_overdue(row, today) for row in rows),
            open_actions=sum(row.open_actions for row in rows),
            overdue_actions=sum(row.overdue_actions for row in rows),
            needs_attention=sum(row.needs_attention for row in rows),
            high_risk=sum(_high_risk(row, today) for row in rows),
        )

    def _all(self, session: Session, text: str = "") -> list[PortfolioRow]:
        desk = self._desk
        forms = desk.quality_forms()
        return portfolio_rows(session, desk.today(), desk.policy(session).visits, forms, text)


def _name_lacks(row: PortfolioRow, words: list[str]) -> int:
    """How many of the words, folded, are not in the setting's own name."""
    name = folded(row.name)
    return sum(word not in name for word in words)


def _visit_due(row: PortfolioRow, today: date) -> bool:
    return row.due_soon


def _visit_overdue(row: PortfolioRow, today: date) -> bool:
    return row.next_due is not None and is_overdue(row.next_due, today)


def _high_risk(row: PortfolioRow, today: date) -> bool:
    return row.risk_rag == "red"


def _risk(row: PortfolioRow) -> tuple[int, int] | None:
    """The highest risk first; of one colour the lowest score, then what has no score."""
    if not row.risk_rag:
        return None
    return _RAG_ORDER[row.risk_rag], 101 if row.risk_percent is None else row.risk_percent


def _rated(rag: str) -> Callable[[PortfolioRow, date], bool]:
    return lambda row, today: row.rag == rag


FILTERS: dict[str, Callable[[PortfolioRow, date], bool]] = {
    "all": lambda row, today: True,
    "attention": lambda row, today: row.needs_attention,
    "visit_due": _visit_due,
    "visit_overdue": _visit_overdue,
    "overdue_actions": lambda row, today: row.overdue_actions > 0,
    "high_risk": _high_risk,
    "draft": lambda row, today: row.draft_visit_id is not None,
    **{rag: _rated(rag) for rag in _RAG_ORDER},
}
"""What a portfolio can be narrowed to."""

ORDERS: dict[str, Callable[[PortfolioRow], Any]] = {
    "name": lambda row: row.name.casefold(),
    "rag": lambda row: _RAG_ORDER[row.rag],
    "placements": lambda row: row.placements,
    "risk": _risk,
    "regulator": lambda row: row.regulator_overall or None,
    "last_visit": lambda row: row.last_visit,
    "next_due": lambda row: row.next_due,
    "actions": lambda row: (row.overdue_actions, row.open_actions),
    "service_type": lambda row: row.service_type,
    "provider": lambda row: row.provider.casefold() or None,
}
"""What a portfolio can be sorted by; equal rows stay in order of name."""


def _sorted(
    rows: list[PortfolioRow], key: Callable[[PortfolioRow], Any], descending: bool
) -> list[PortfolioRow]:
    by_name = sorted(rows, key=ORDERS["name"])
    known = [row for row in by_name if key(row) is not None]
    unknown = [row for row in by_name if key(row) is None]
    return sorted(known, key=key, reverse=descending) + unknown
