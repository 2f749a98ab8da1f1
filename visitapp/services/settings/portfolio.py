"""The portfolio: every setting on the desk with what matters about it, and the counts above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.text import folded
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution, Filter, Order, PortfolioQuestion
from visitapp.services.holders.load import load_of_officers, with_settings
from visitapp.services.holders.places import places
from visitapp.services.settings.portfolio_query import portfolio_rows, rating_changes
from visitapp.services.settings.rag_order import RAG_ORDER
from visitapp.services.views.facets import choices_of, facets, grouped, narrowed
from visitapp.services.views.settings import (
    OfficerLoad,
    PortfolioRow,
    PortfolioSummary,
    portfolio_facets,
)

RECENT = timedelta(days=30)

CLOSED = "closed_settings"
"""The filter of settings that are closed or merged."""


class Portfolio:
    """The list of settings and its summary. One query each, however many settings.

    `filters`: what the list can be narrowed to; `orders`: what it can be sorted by. Equal rows
    stay in order of name.
    """

    def __init__(self, desk: Desk, contributions: Sequence[Contribution]) -> None:
        self._desk = desk
        self._contributions = contributions
        parts = [one.portfolio for one in contributions if one.portfolio is not None]
        self.filters: Mapping[str, Filter] = {
            name: wanted for part in parts for name, wanted in part.filters.items()
        }
        self.orders: Mapping[str, Order] = {
            name: key for part in parts for name, key in part.orders.items()
        }

    def rows(
        self,
        *,
        text: str = "",
        filter: str = "all",  # noqa: A002 the word on the screen
        order: str = "name",
        descending: bool = False,
        where: Mapping[str, str] | None = None,
        group: str = "",
    ) -> list[PortfolioRow]:
        """Settings that are found by every word of `text`. Closed and merged ones are listed where
        they are searched for, and under `CLOSED`.

        `filter` is one of `filters`, `order` one of `orders`. `where`: only rows with these values,
        by facet (`views.facets`); `group`: the facet by which rows are put together. What has no
        value comes last; settings found by their names come before those found otherwise.
        """
        today = self._desk.today()
        with self._desk.reading() as session:
            rows = self._all(session)
        words = folded(text).split()
        if words:
            rows = [row for row in rows if self._is_found(row, words)]
        if filter != CLOSED and not (words and filter == "all"):
            rows = [row for row in rows if row.status == SettingStatus.OPEN]
        wanted = self.filters[filter]
        by_name = sorted(rows, key=self.orders["name"])
        ordered = _sorted(
            (row for row in by_name if wanted(row, today)), self.orders[order], descending
        )
        ordered = narrowed(ordered, where or {}, portfolio_facets)
        found = sorted(ordered, key=lambda row: _name_lacks(row, words)) if words else ordered
        return grouped(found, group, portfolio_facets)

    def summary(self) -> PortfolioSummary:
        """The counts over the open settings of the portfolio. Visits due in 28 days include the
        overdue ones."""
        today = self._desk.today()
        with self._desk.reading() as session:
            rows = [row for row in self._all(session) if row.status == SettingStatus.OPEN]
            changed = rating_changes(session, self._desk.clock() - RECENT)

        def count(name: str) -> int:
            return sum(self.filters[name](row, today) for row in rows)

        return PortfolioSummary(
            settings=len(rows),
            by_service_type=dict(Counter(row.service_type for row in rows).most_common()),
            by_rag={rag: count(rag) for rag in RAG_ORDER},
            changed_last_30_days=changed,
            visits_due_28_days=count("visit_due"),
            visits_overdue=count("visit_overdue"),
            open_actions=sum(row.open_actions for row in rows),
            overdue_actions=sum(row.overdue_actions for row in rows),
            needs_attention=count("attention"),
            high_risk=count("high_risk"),
        )

    def choices(self) -> dict[str, dict[str, str]]:
        """By facet, what the portfolio can be narrowed to: keys with their labels."""
        with self._desk.reading() as session:
            return choices_of(places(session).values(), facets)

    def load(self) -> list[OfficerLoad]:
        """How much each officer holds of the open settings on this device, by team and name;
        officers of the user's own team who hold nothing as well."""
        today = self._desk.today()
        with self._desk.reading() as session:
            rows = [row for row in self._all(session) if row.status == SettingStatus.OPEN]
            known = load_of_officers(session, self._desk.user(session))
        return with_settings(known, rows, lambda row: self.filters["high_risk"](row, today))

    def _all(self, session: Session) -> list[PortfolioRow]:
        question = PortfolioQuestion(
            self._desk.today(), self._desk.quality_forms(), self._desk.policy(session)
        )
        return portfolio_rows(session, question, self._contributions)

    def _is_found(self, row: PortfolioRow, words: Iterable[str]) -> bool:
        # The database folds no letters such as ł and ø, so the words are compared here.
        texts = (text for one in self._contributions for text in one.found_by(row))
        searched = folded("\n".join(texts))
        return all(word in searched for word in words)


def _name_lacks(row: PortfolioRow, words: list[str]) -> int:
    """How many of the words, folded, are not in the setting's own name."""
    name = folded(row.name)
    return sum(word not in name for word in words)


def _sorted(rows: Iterable[PortfolioRow], key: Order, descending: bool) -> list[PortfolioRow]:
    listed = list(rows)
    known = [row for row in listed if key(row) is not None]
    unknown = [row for row in listed if key(row) is None]
    return sorted(known, key=key, reverse=descending) + unknown
