"""What services hand out about concerns: plain values, detached from the database."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from visitapp.services.views.action_sheets import SheetFault
from visitapp.services.views.visits import EvidenceView


class NewConcern(Struct, frozen=True, kw_only=True):
    """What somebody logs. `received_at` None: now. `visit_id`, `question`: where it was raised."""

    setting_id: str
    kind: str
    title: str
    severity: str
    source: str
    text: str = ""
    themes: list[str] = []
    person: str = ""
    received_at: datetime | None = None
    happened_on: date | None = None
    restricted: bool = False
    reference: str = ""
    visit_id: str | None = None
    question: str | None = None


class LimitView(Struct, frozen=True, kw_only=True):
    """One time limit. `done`: the day, or the moment where it is counted in hours. One that does
    not count is for information."""

    id: str
    stage: str
    due_on: date
    due_at: datetime | None
    done: str
    late: bool
    counts: bool


class ConcernRow(Struct, frozen=True, kw_only=True):
    """A concern in a list. `themes`: their ids. `next_stage`, `next_due`: of the limit to meet
    next, empty when nothing is left; `late`: that it has passed. `handler`: who handles it, where
    that is not simply whoever holds the setting."""

    id: str
    setting_id: str
    setting: str
    provider_id: str | None
    provider: str
    kind: str
    source: str
    severity: str
    themes: list[str]
    title: str
    person: str
    received_at: datetime
    happened_on: date | None
    status: str
    decision: str
    restricted: bool
    handler: str
    reference: str
    next_stage: str
    next_due: date | None
    late: bool


class ConcernUpdateView(Struct, frozen=True, kw_only=True):
    """What was noted, who was told, or which action answers it. A step stands here too, with what
    it did as its `text`."""

    at: datetime
    by: str
    kind: str
    text: str
    told: str = ""


class AnsweringAction(Struct, frozen=True, kw_only=True):
    """An action that answers a concern."""

    id: str
    title: str
    status: str
    due_on: date


class ConcernView(Struct, frozen=True, kw_only=True):
    """A concern with everything that is known of it. `reason`: of the decision. `repeat_of`: the
    title of the earlier concern that it repeats, and `repeated_by` those of the later ones that
    repeat it, as far as this person sees them."""

    row: ConcernRow
    text: str
    logged_by: str
    visit_id: str | None
    question: str
    reply: str
    reason: str
    lesson: str
    harm: str
    causes: str
    investigator: str
    learned: str
    checked_visit_id: str
    reopened: int
    restricted_to: list[str]
    repeat_of_id: str
    repeat_of: str
    repeated_by: list[str]
    actions: list[AnsweringAction]
    evidence: list[EvidenceView]
    limits: list[LimitView]
    updates: list[ConcernUpdateView]


class ConcernFilter(Struct, frozen=True, kw_only=True):
    """Which concerns a list has. `state`: one of `services.concerns.queries.STATES`."""

    state: str = "open"
    setting_id: str | None = None
    provider_id: str | None = None
    kind: str = ""
    theme: str = ""
    text: str = ""


class ThemeTrend(Struct, frozen=True, kw_only=True):
    """How many concerns of a theme came in a span, and in the one of the same length before it.
    `months`: in each month of the span and the one before, the oldest first."""

    theme: str
    label: str
    count: int
    before: int
    months: list[int]


class Trends(Struct, frozen=True, kw_only=True):
    """The concerns of a span of days up to today, compliments left out. Figures for people: a
    hundred people of beds, where those are known."""

    days: int
    count: int
    before: int
    compliments: int
    upheld: int
    decided: int
    closed: int
    closed_in_time: int
    per_hundred: float | None
    themes: list[ThemeTrend]


class TrendRow(Struct, frozen=True, kw_only=True):
    """How many concerns a theme, a setting or a provider had, as `ThemeTrend` counts them.
    `per_hundred`: for a hundred beds, where all of them are known."""

    id: str
    label: str
    count: int
    before: int
    months: list[int]
    per_hundred: float | None


class TrendTable(Struct, frozen=True, kw_only=True):
    """The concerns of a span of days by subject, compliments left out. `months`: the first day of
    each month that the rows count."""

    by: str
    days: int
    months: list[date]
    rows: list[TrendRow]


class ClusterView(Struct, frozen=True, kw_only=True):
    """Concerns of one theme close together. `setting` is empty where they are in several settings
    of the provider."""

    theme: str
    label: str
    setting_id: str | None
    setting: str
    provider_id: str | None
    provider: str
    count: int
    settings: int
    first: date
    last: date
    concern_ids: list[str]
    setting_ids: list[str]


class ConcernDifference(Struct, frozen=True, kw_only=True):
    """A concern that a file would log. `row` is its row there."""

    row: int
    setting: str
    concern: NewConcern


class ConcernSheet(Struct, frozen=True, kw_only=True):
    """What a file would change. `columns`: the title of the column that each field is read from;
    `unread`: the other columns. `known`: rows whose reference is logged already, which stay as they
    are. `faults`: what must be mended first."""

    file: str
    columns: dict[str, str]
    unread: list[str]
    new: list[ConcernDifference]
    known: int
    faults: list[SheetFault]
