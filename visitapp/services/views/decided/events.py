"""What services hand out about significant events and ratings: plain values."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct


class EventView(Struct, frozen=True, kw_only=True):
    """One significant event. `rag` is empty where it changes no rating."""

    id: str
    setting_id: str
    setting: str
    happened_on: date
    kind: str
    text: str
    source: str
    rag: str
    rag_before: str
    reason: str
    review_on: date | None
    visit_id: str
    recorded_by: str
    recorded_at: datetime


class RatingLine(Struct, frozen=True, kw_only=True):
    """One row in the history of ratings. `stands`: it is the one in force; `review_on`: of the
    event that it is of, and `review_overdue` once that day is past while it stands."""

    id: str
    setting_id: str
    setting: str
    day: date
    rag: str
    state: str
    cause: str
    visit_id: str
    event_id: str
    reason: str
    stands: bool
    review_on: date | None = None
    review_overdue: bool = False
