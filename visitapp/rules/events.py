"""What a significant event must say."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from visitapp.language import Message, message
from visitapp.rules.choices import Rag
from visitapp.rules.policy.placements import PlacementRules


class Event(Struct, frozen=True, kw_only=True):
    """A significant event. `rag`: the rating that it changes to, if any; `before`: the rating that
    stood for whoever recorded it."""

    happened_on: date
    text: str
    rag: str | None
    before: str | None
    reason: str
    review_on: date | None


def event_fault(event: Event, today: date, rules: PlacementRules) -> Message | None:
    """What is wrong with an event, in a sentence; None when it says all that it must."""
    if not event.text.strip():
        return message("Say what happened.")
    if event.happened_on > today:
        return message("An event cannot be recorded before its date.")
    if event.rag is None:
        return None
    if event.rag == Rag.UNRATED or event.before is None:
        return message("An event changes the rating to Red, Amber or Green.")
    if not event.reason.strip():
        return message("Give the reason for changing the rating.")
    latest = today + timedelta(days=rules.event_review_days)
    if event.review_on is None or not event.happened_on <= event.review_on <= latest:
        return message(
            "Give a date within {days} days on which this rating is reviewed.",
            days=rules.event_review_days,
        )
    return None
