"""What services hand out about a person's day: plain values, detached from the database."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import Select

from visitapp.rules.policy.model import Policy
from visitapp.services.views.people import Person


class Part(StrEnum):
    """What a line of the day is about, in the order of the page."""

    VISITS = "visits"
    RETURNED = "returned"
    REVIEWS = "reviews"
    DECISIONS = "decisions"
    INTERVENTIONS = "interventions"
    VERIFY = "verify"
    CONCERNS = "concerns"
    CONTRACTS = "contracts"
    REGULATORS = "regulators"
    CONFLICTS = "conflicts"
    SYNC = "sync"


class NextStep(StrEnum):
    """What the button of a line does: go to a page, or open a dialog for the record."""

    OPEN = "open"
    START_VISIT = "start_visit"
    PLAN_VISIT = "plan_visit"
    MOVE_PLAN = "move_plan"
    ACTION = "action"
    CONCERN = "concern"
    SUPPORT = "support"


class TodayItem(Struct, frozen=True, kw_only=True):
    """One line of the day. `id`: of the record, or of the setting where it is about no record;
    `when`: how late it is, or its day; `quote`: another person's words, by `said_by`. `step`: the
    words of its one next step, which does `does` with `target`: the id of a record, on `page` where
    it goes to one."""

    part: Part
    id: str
    title: str
    step: str
    does: NextStep = NextStep.OPEN
    page: str = ""
    target: str = ""
    setting_id: str = ""
    detail: str = ""
    when: str = ""
    late: bool = False
    quote: str = ""
    said_by: str = ""
    rag: str = ""
    may_wait: bool = True


class TodayView(Struct, frozen=True, kw_only=True):
    """A person's day. `next_on`, `next_at`: the day and the setting of the next planned visit;
    `has_settings`: whether the device holds any."""

    day: date
    items: list[TodayItem]
    has_settings: bool
    next_on: date | None = None
    next_at: str = ""


class Mine(NamedTuple):
    """Whose day it is. `settings`: the ids of those that the person looks after, as an officer or
    while a cover lasts."""

    user: Person
    policy: Policy
    now: datetime
    today: date
    settings: Select[str]
