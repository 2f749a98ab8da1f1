"""What services hand out about interventions: plain values, detached from the database."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from visitapp.rules.interventions.criteria import CriterionState
from visitapp.rules.interventions.states import OPEN_INTERVENTIONS
from visitapp.services.views.planning import PlannedView
from visitapp.services.visits.outcome_labels import NamedOutcome


class CriterionView(Struct, frozen=True, kw_only=True):
    """An exit criterion and where it stands. `question`: the one whose answers are measured, in
    words in `asks`."""

    id: str
    text: str
    measure: str
    bound: str
    unit: str
    needed: int
    times: int
    question: str
    asks: str
    how_checked: str
    state: CriterionState


class Figures(Struct, frozen=True, kw_only=True):
    """What was known of the setting on one day. `regulator_on`: the day of the regulator's report;
    `risks`: of the last assessment, each with its name; `concerns`: received in the `days` before.
    None and empty: nothing was known."""

    on: date
    rag: str
    regulator: str
    regulator_on: date | None
    risks: list[NamedOutcome]
    verified: int
    actions: int
    concerns: int
    days: int

    @property
    def percent(self) -> int | None:
        """How much of the plan was verified, rounded down; None without a plan."""
        return 100 * self.verified // self.actions if self.actions else None

    @property
    def tenths_a_month(self) -> int:
        """Concerns in thirty days, in tenths, rounded half up."""
        return (600 * self.concerns // self.days + 1) // 2


class MadeVisit(Struct, frozen=True, kw_only=True):
    """A visit that was made and signed off during an intervention."""

    id: str
    number: int
    on: date
    purpose: str
    rag: str


class InterventionLine(Struct, frozen=True, kw_only=True):
    """A line in a list of interventions. `holding`: how many of its criteria hold.
    `next_visit`: the day of the next intervention visit that is planned."""

    id: str
    setting_id: str
    setting: str
    status: str
    officer: str
    referred_on: date
    starts_on: date | None
    planned_to: date | None
    ended_on: date | None
    result: str
    criteria: int
    holding: int
    next_visit: date | None

    def is_late(self, today: date) -> bool:
        """Whether it is open after its planned end."""
        planned_to = self.planned_to
        return self.status in OPEN_INTERVENTIONS and planned_to is not None and planned_to < today


class InterventionView(Struct, frozen=True, kw_only=True):
    """An intervention in full. `hold_since`: the day from which every criterion holds;
    `held_until`: the day to which results are to be held, once they are being sustained.
    `after`: the figures at its end, or today. `next_states`: what the person may bring it to, the
    present state first. `may_change`: whether they may give it another officer or end.
    `ended_reason`: why it was refused or withdrawn."""

    id: str
    setting_id: str
    setting: str
    status: str
    referred_on: date
    referred_by: str
    why: str
    grounds: str
    decided_on: date | None
    decided_by: str
    officer_id: str | None
    officer: str
    contract_officer: str
    starts_on: date | None
    planned_to: date | None
    sustain_months: int | None
    sustained_from: date | None
    held_until: date | None
    stepped_down_on: date | None
    ended_on: date | None
    ended_reason: str
    result: str
    summary: str
    criteria: list[CriterionView]
    hold_since: date | None
    before: Figures
    after: Figures
    visits: list[MadeVisit]
    planned: list[PlannedView]
    carried_actions: int
    carried_areas: list[str]
    next_states: list[str]
    may_change: bool

    @property
    def holding(self) -> int:
        """How many of the criteria hold."""
        return sum(one.state.since is not None for one in self.criteria)
