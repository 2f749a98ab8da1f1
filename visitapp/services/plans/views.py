"""What services hand out about improvement plans: plain values, detached from the database."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from visitapp.rules.plans.agreed import AgreedPlan
from visitapp.services.views.actions import ActionView
from visitapp.standing.plans.findings import Finding


class PlanView(Struct, frozen=True, kw_only=True):
    """An improvement plan. `version` is 0 before the first agreement; `changed`: what differs now
    from the version that was agreed, in sentences. `findings`: those that ask for an action and
    have none. `next_states`: what the person may bring it to, the present state first."""

    id: str
    setting_id: str
    setting: str
    goal: str
    starts_on: date
    ends_on: date
    provider_people: str
    status: str
    version: int
    agreed_on: date | None
    agreed_with: str
    agreed_by: str
    ended_on: date | None
    ended_reason: str
    days_left: int
    counts: PlanCounts
    actions: list[ActionView]
    findings: list[Finding]
    changed: list[str]
    next_states: list[str]


class PlanCounts(Struct, frozen=True, kw_only=True):
    """Where the actions of a plan stand. Withdrawn ones count for nothing but `moves` and
    `reopened`; the percentage is rounded down."""

    actions: int
    verified: int
    done: int
    in_time: int
    overdue: int
    moves: int
    reopened: int
    without_measure: int

    @property
    def percent(self) -> int:
        """How many of a hundred are verified."""
        return 100 * self.verified // self.actions if self.actions else 0


class PlanLine(Struct, frozen=True, kw_only=True):
    """A line in a list of plans."""

    id: str
    setting_id: str
    setting: str
    goal: str
    starts_on: date
    ends_on: date
    status: str
    version: int
    actions: int
    verified: int
    overdue: int


class PlanVersion(Struct, frozen=True, kw_only=True):
    """One version of a plan, as it was agreed."""

    version: int
    agreed_on: date | None
    agreed_with: str
    agreed_by: str
    plan: AgreedPlan


class ProgressPoint(Struct, frozen=True, kw_only=True):
    """Where a plan stood at the end of one day. `done` has those that are verified too."""

    on: date
    asked: int
    done: int
    verified: int


class AccuracyView(Struct, frozen=True, kw_only=True):
    """What a provider says is not right in a report. `mine`: the person may answer it."""

    id: str
    received_on: date
    place: str
    text: str
    shown: str
    status: str
    answer: str
    answered_on: date | None
    answered_by: str
    mine: bool


class ActionEvent(Struct, frozen=True, kw_only=True):
    """One thing that was said about an action or done with it. `who`: the side or the person;
    `file`: whether it came with the provider's file."""

    id: str
    on: date
    who: str
    what: str
    text: str
    file: bool = False
