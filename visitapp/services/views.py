"""What services hand to pages, paper and the terminal: plain values, detached from the database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from forms.outcome import Outcome
from visitapp.services.version_views import KeptAside


class Person(Struct, frozen=True, kw_only=True):
    """The user of this device, or a colleague. `connected` is false before the first sign-in."""

    id: str
    name: str
    title: str
    role: str
    team: str
    connected: bool = True


class RatingView(Struct, frozen=True, kw_only=True):
    """The rating that stands. `rag` is red, amber, green or unrated."""

    rag: str
    percent: int | None = None
    since: datetime | None = None
    provisional: bool = False


class PortfolioRow(Struct, frozen=True, kw_only=True):
    """One setting in the portfolio. `next_due` is None when no visit is due by any rule."""

    setting_id: str
    name: str
    service_type: str
    provider: str
    beds: int | None
    rag: str
    rag_since: date | None
    placements: str
    placements_note: str
    regulator_overall: str
    regulator_published: date | None
    last_visit: date | None
    last_visit_id: str | None
    draft_visit_id: str | None
    next_due: date | None
    open_actions: int
    overdue_actions: int
    needs_attention: bool
    location_id: str = ""
    postcode: str = ""


class PortfolioSummary(Struct, frozen=True, kw_only=True):
    """The cards above the portfolio and the counts on its filters."""

    settings: int
    by_service_type: dict[str, int]
    by_rag: dict[str, int]
    changed_last_30_days: int
    visits_due_28_days: int
    visits_overdue: int
    open_actions: int
    overdue_actions: int
    needs_attention: int


class ActionView(Struct, frozen=True, kw_only=True):
    """An action, with the names a reader needs. `number` is the question's place on its form."""

    id: str
    setting_id: str
    setting: str
    visit_id: str | None
    question: str
    title: str
    detail: str
    owner: str
    priority: str
    due_on: date
    status: str
    raised_on: date
    done_on: date | None
    overdue_days: int


class ActionSuggestion(Struct, frozen=True, kw_only=True):
    """An action that the form suggests for an answer, ready to be raised."""

    question: str
    title: str
    priority: str
    due_on: date


class AnswerView(Struct, frozen=True, kw_only=True):
    """An answer as recorded. All of `value`, `checked`, `met` None means not answered."""

    question: str
    value: Any = None
    checked: int | None = None
    met: int | None = None
    note: str = ""
    reason: str = ""


class LastTime(Struct, frozen=True, kw_only=True):
    """What the previous signed-off visit recorded for a question.

    `times_below` counts the visits in a row, from that one back, that were below the scale's best.
    """

    visited_on: date
    answer: AnswerView
    label: str
    times_below: int


class EvidenceView(Struct, frozen=True, kw_only=True):
    """A piece of evidence of a visit."""

    id: str
    question: str
    kind: str
    title: str


class ReviewView(Struct, frozen=True, kw_only=True):
    """A team lead's decision on a visit."""

    decision: str
    comment: str
    by: str
    at: datetime


class Need(Struct, frozen=True, kw_only=True):
    """One thing that stands in the way of sign-off.

    `what` is `answer`, `reason`, `note` or a kind of evidence.
    """

    question: str
    what: str
    text: str


class VisitSummary(Struct, frozen=True, kw_only=True):
    """A line in a list of visits."""

    id: str
    setting_id: str
    setting: str
    form_id: str
    form_version: str
    purpose: str
    visited_on: date
    status: str
    rag: str
    previous_rag: str
    officer: str
    signed_off_at: datetime | None


class VisitView(Struct, frozen=True, kw_only=True):
    """A whole visit. A draft's outcome is worked out now, a frozen one's is what was signed.

    `not_checked_last_time` names the questions that were left when they were last asked here;
    `kept_aside` holds answers that this version of the form does not take;
    `warnings` are sentences about what may be counted twice.
    """

    summary: VisitSummary
    setting_name: str
    setting_facts: dict[str, Any]
    provider: str
    announced: bool
    joined_by: str
    answers: dict[str, AnswerView]
    outcome: Outcome
    needs: list[Need]
    actions: list[ActionView]
    evidence: list[EvidenceView]
    reviews: list[ReviewView]
    last_time: dict[str, LastTime]
    previous_visit_on: date | None
    signed_off_by: str
    not_checked_last_time: list[str] = []
    kept_aside: list[KeptAside] = []
    warnings: list[str] = []


class AnswerSaved(Struct, frozen=True, kw_only=True):
    """What an answer changed: the new outcome and when the answer was safe on disk."""

    saved_at: datetime
    answer: AnswerView
    outcome: Outcome
    needs: list[Need]


class TimelineEntry(Struct, frozen=True, kw_only=True):
    """One thing that happened to a setting. `rag` is empty unless the entry is a rating."""

    at: datetime
    what: str
    detail: str
    rag: str = ""


class RatingPoint(Struct, frozen=True, kw_only=True):
    """One signed-off visit on the outcome chart."""

    on: date
    rag: str
    visit_id: str | None


class SettingView(Struct, frozen=True, kw_only=True):
    """Everything the Setting page shows."""

    row: PortfolioRow
    address: str
    postcode: str
    local_authority: str
    location_id: str
    contract_number: str
    officer: str
    team: str
    rating: RatingView
    points: list[RatingPoint]
    visits: list[VisitSummary]
    actions: list[ActionView]
    timeline: list[TimelineEntry]


class ConflictView(Struct, frozen=True, kw_only=True):
    """One field that two people changed apart. Values are wire values, texts are for reading."""

    id: str
    setting_id: str | None
    setting: str
    visit_id: str | None
    kind: str
    record_id: str
    field: str
    about: str
    server_value: Any
    server_text: str
    server_by: str
    server_at: datetime | None
    other_value: Any
    other_text: str
    other_by: str
    other_at: datetime
    mine: str
    status: str


class RefusedChange(Struct, frozen=True, kw_only=True):
    """A change the server refused; it stays on this device until it is mended."""

    kind: str
    id: str
    code: str
    text: str


class SyncReport(Struct, frozen=True, kw_only=True):
    """What one sync did. `refused` lists every change set aside and still here."""

    sent: int
    accepted: int
    merged: int
    conflicts: int
    refused: list[RefusedChange]
    received: int
    revision: int


class SyncState(Struct, frozen=True, kw_only=True):
    """What the corner of the window says."""

    connected: bool
    server: str
    waiting: int
    waiting_visits: int
    waiting_actions: int
    refused: int
    open_conflicts: int
    last_synced: datetime | None
    problem: str = ""
