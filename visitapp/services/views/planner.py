"""What the planner hands out: plain values."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from visitapp.services.views.planning import DueVisit, PlannedView
from visitapp.services.views.risk import KnownRisk


class Whose(Struct, frozen=True, kw_only=True):
    """Whose plans: an officer's, a team's, or with neither everybody's."""

    officer_id: str = ""
    officer: str = ""
    team: str = ""


class PlannedEntry(Struct, frozen=True):
    """A planned visit, and the rating that stands for its setting."""

    plan: PlannedView
    rag: str


class PlannedPlace(Struct, frozen=True):
    """A planned visit and where it is."""

    plan: PlannedView
    address: str = ""


class PlannerDay(Struct, frozen=True, kw_only=True):
    """A day with what is planned on it. `working`: the council works on it."""

    day: date
    working: bool
    entries: list[PlannedEntry]


class PlannerWeek(Struct, frozen=True, kw_only=True):
    """Seven days from Monday on; days that are planned, and that there are for visits."""

    days: list[PlannerDay]
    needed: float
    available: float


class PlannerMonth(Struct, frozen=True, kw_only=True):
    """A month in whole weeks."""

    first: date
    weeks: list[PlannerWeek]


class MonthLoad(Struct, frozen=True, kw_only=True):
    """Days planned in a month, and days there are for visits."""

    first: date
    needed: float
    available: float


class YearRow(Struct, frozen=True, kw_only=True):
    """Twelve months of an officer, or of a team."""

    whose: Whose
    months: list[MonthLoad]


class Slip(Struct, frozen=True, kw_only=True):
    """A due visit that is late, or will be. `offered_on`: the day to take in its place. `risk`:
    the live risk of the setting; None where no model runs for it."""

    due: DueVisit
    rag: str
    offered_on: date
    risk: KnownRisk | None = None
