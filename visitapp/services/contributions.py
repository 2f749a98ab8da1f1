"""What a subject adds to the places where subjects meet: the timeline of a setting, the portfolio
and its search, the decisions that wait, a person's day, finding. What fills risk models is in
`visitapp.standing.indicators`, because the server reads it too.

Each subject declares its own in a `contribution.py`; `visitapp.services.subjects.CONTRIBUTIONS`
lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Subquery
from sqlalchemy.orm import Session

from visitapp.records import Setting
from visitapp.rules.policy.model import Policy
from visitapp.services.context import Desk
from visitapp.services.finding.sources import FindSource
from visitapp.services.today.items import Mine, TodayItem
from visitapp.services.views.decided.decisions import DecisionView, Given, Waiting
from visitapp.services.views.settings import PortfolioRow, TimelineEntry
from visitapp.standing.by_setting import Found

Filter = Callable[[PortfolioRow, date], bool]
"""Whether a row belongs to a filter, today."""

Order = Callable[[PortfolioRow], Any]
"""What rows are sorted by; rows for which it is None come last."""


@dataclass(frozen=True)
class PortfolioQuestion:
    """What the portfolio is read for. `quality_forms`: the ids of the forms that set the quality
    rating; `policy`: the one in force."""

    today: date
    quality_forms: Collection[str]
    policy: Policy


def _no_queries(question: PortfolioQuestion) -> Sequence[Subquery]:
    return ()


@dataclass(frozen=True, eq=False)
class PortfolioPart:
    """What a subject adds to each row of the portfolio.

    `fields`: the row's fields from what was found; a field that `PortfolioRow` does not declare
    goes to its `more`. `queries`: as `by_setting` reads them, with column names that no other part
    uses, for what the sources of due visits (`standing.due_facts`) have not found already.
    """

    fields: Callable[[Found], dict[str, Any]]
    queries: Callable[[PortfolioQuestion], Sequence[Subquery]] = _no_queries
    filters: Mapping[str, Filter] = field(default_factory=dict)
    orders: Mapping[str, Order] = field(default_factory=dict)


def _no_entries(session: Session, setting: Setting) -> Iterable[TimelineEntry]:
    return ()


def _no_texts(row: PortfolioRow) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class DecisionSource:
    """Decisions of one kind. waiting: those on this device that nobody took yet. view: one of them
    in full; raises NotFound when it does not wait any more. decide: take the option of this id,
    which the view has; raises NotAllowed, Refused. mine: how many wait for the user, where they may
    be thousands: the window counts them again and again."""

    kind: str
    waiting: Callable[[Session, Desk], Iterable[Waiting]]
    view: Callable[[Session, Desk, str], DecisionView]
    decide: Callable[[Desk, str, str, Given], None]
    mine: Callable[[Session, Desk], int] | None = None

    def count(self, session: Session, desk: Desk) -> int:
        """How many wait for the user."""
        if self.mine is not None:
            return self.mine(session, desk)
        return sum(one.mine for one in self.waiting(session, desk))


TodaySource = Callable[[Session, Desk, Mine], Iterable[TodayItem]]
"""What waits for a person today, the most urgent first: short lists, read by indexed columns."""


@dataclass(frozen=True)
class Contribution:
    """What one subject contributes. `found_by`: the texts by which the search finds a setting;
    `briefed`: whether its entries of the timeline are news before a visit."""

    timeline: Callable[[Session, Setting], Iterable[TimelineEntry]] = _no_entries
    portfolio: PortfolioPart | None = None
    found_by: Callable[[PortfolioRow], Iterable[str]] = _no_texts
    decisions: Sequence[DecisionSource] = ()
    today: Sequence[TodaySource] = ()
    finds: Sequence[FindSource] = ()
    briefed: bool = True
