"""The portfolio: every setting on the desk with what matters about it, and the counts above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypedDict, Unpack

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from visitapp.records import Action, Setting
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.text import folded
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution, Filter, Order, PortfolioQuestion
from visitapp.services.holders.load import load_of_officers, with_settings
from visitapp.services.settings.portfolio_query import portfolio_rows
from visitapp.services.settings.rag_order import RAG_ORDER
from visitapp.services.views.facets import choices_of, grouped, in_order, narrowed
from visitapp.services.views.settings import (
    OfficerLoad,
    OpenCounts,
    PortfolioRow,
    PortfolioSummary,
    portfolio_facets,
)
from visitapp.standing.merged import merged_roots

RECENT = timedelta(days=30)

CLOSED = "closed_settings"
"""The filter of settings that are closed or merged."""


class Wanted(TypedDict, total=False):
    """Which settings are listed, and how.

    `text`: found by every word of it; `filter` and `order`: one of `Portfolio.filters` and
    `orders`; `where`: with these values, by facet (`views.facets`); `group`: the facet by which
    they are put together.
    """

    text: str
    filter: str
    order: str
    descending: bool
    where: Mapping[str, str]
    group: str


class Portfolio:
    """The settings on the desk: lists of them, and their counts.

    `filters`: what a list can be narrowed to; `orders`: what it can be sorted by. Equal rows stay
    in order of name.
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

    def read(self) -> PortfolioRows:
        """Every setting as it stands now, to be listed and counted in several ways."""
        with self._desk.reading() as session:
            return self._read(session)

    def rows(self, **wanted: Unpack[Wanted]) -> list[PortfolioRow]:
        """As `PortfolioRows.listed`."""
        return self.read().listed(**wanted)

    def summary(self) -> PortfolioSummary:
        """As `PortfolioRows.summary`."""
        return self.read().summary()

    def open_counts(self) -> OpenCounts:
        """The two counts that are shown beside every page, without reading the rows: the same as
        those of `summary`."""
        with self._desk.reading() as session:
            roots = merged_roots(session)
            is_open = (Setting.deleted.is_(False), Setting.status == SettingStatus.OPEN)
            open_ids = select(Setting.id).where(*is_open)
            settings = session.scalar(select(func.count()).select_from(Setting).where(*is_open))
            open_roots = set(session.scalars(open_ids.where(Setting.id.in_({*roots.values()}))))
            merged = [id_ for id_, root in roots.items() if root in open_roots]
            actions = session.scalar(
                select(func.count())
                .select_from(Action)
                .where(
                    Action.deleted.is_(False),
                    Action.status.in_(OPEN_STATUSES),
                    or_(Action.setting_id.in_(open_ids), Action.setting_id.in_(merged)),
                )
            )
            return OpenCounts(settings or 0, actions or 0)

    def load(self) -> list[OfficerLoad]:
        """How much each officer holds of the open settings on this device, by team and name;
        officers of the user's own team who hold nothing as well."""
        with self._desk.reading() as session:
            read = self._read(session)
            known = load_of_officers(session, self._desk.user(session))
        return with_settings(known, read.open(), lambda row: read.holds("high_risk", row))

    def _read(self, session: Session) -> PortfolioRows:
        question = PortfolioQuestion(
            self._desk.today(), self._desk.quality_forms(), self._desk.policy(session)
        )
        rows = portfolio_rows(session, question, self._contributions)
        return PortfolioRows(rows, question.today, self, self._contributions)


class PortfolioRows:
    """Every setting as it stood when it was read, closed and merged ones included."""

    def __init__(
        self,
        rows: Iterable[PortfolioRow],
        today: date,
        portfolio: Portfolio,
        contributions: Sequence[Contribution],
    ) -> None:
        self._rows = sorted(rows, key=portfolio.orders["name"])
        self._today, self._portfolio, self._contributions = today, portfolio, contributions

    def listed(self, **wanted: Unpack[Wanted]) -> list[PortfolioRow]:
        """The rows that are wanted. Closed and merged settings are listed where they are searched
        for, and under `CLOSED`. What has no value to sort by comes last; settings found by their
        names come before those found otherwise."""
        filter_, group = wanted.get("filter", "all"), wanted.get("group", "")
        words = folded(wanted.get("text", "")).split()
        rows = self._rows
        if words:
            rows = [row for row in rows if self._is_found(row, words)]
        if filter_ != CLOSED and not (words and filter_ == "all"):
            rows = [row for row in rows if row.status == SettingStatus.OPEN]
        order = self._portfolio.orders[wanted.get("order", "name")]
        rows = [row for row in rows if self.holds(filter_, row)]
        rows = narrowed(rows, wanted.get("where", {}), portfolio_facets)
        rows = in_order(rows, order, wanted.get("descending", False))
        found = sorted(rows, key=lambda row: _name_lacks(row, words)) if words else rows
        return grouped(found, group, portfolio_facets)

    def open(self) -> list[PortfolioRow]:
        """Those that are neither closed nor merged."""
        return [row for row in self._rows if row.status == SettingStatus.OPEN]

    def holds(self, filter_: str, row: PortfolioRow) -> bool:
        """Whether a row belongs to a filter."""
        return self._portfolio.filters[filter_](row, self._today)

    def summary(self) -> PortfolioSummary:
        """The counts over the open settings. Visits due in 28 days include the overdue ones."""
        rows = self.open()

        def count(name: str) -> int:
            return sum(self.holds(name, row) for row in rows)

        return PortfolioSummary(
            settings=len(rows),
            by_service_type=dict(Counter(row.service_type for row in rows).most_common()),
            by_rag={rag: count(rag) for rag in RAG_ORDER},
            changed_last_30_days=sum(_changed_after(row, self._today - RECENT) for row in rows),
            visits_due_28_days=count("visit_due"),
            visits_overdue=count("visit_overdue"),
            open_actions=sum(row.open_actions for row in rows),
            overdue_actions=sum(row.overdue_actions for row in rows),
            needs_attention=count("attention"),
            high_risk=count("high_risk"),
        )

    def choices(self) -> dict[str, dict[str, str]]:
        """By facet, what the list can be narrowed to: keys with their labels."""
        return choices_of(self._rows, portfolio_facets)

    def _is_found(self, row: PortfolioRow, words: Iterable[str]) -> bool:
        # The database folds no letters such as ł and ø, so the words are compared here.
        texts = (text for one in self._contributions for text in one.found_by(row))
        searched = folded("\n".join(texts))
        return all(word in searched for word in words)


def _changed_after(row: PortfolioRow, day: date) -> bool:
    """Whether its rating changed to another colour after a day."""
    changed = row.rag_before not in ("", row.rag)
    return changed and row.rag_since is not None and row.rag_since > day


def _name_lacks(row: PortfolioRow, words: list[str]) -> int:
    """How many of the words, folded, are not in the setting's own name."""
    name = folded(row.name)
    return sum(word not in name for word in words)
