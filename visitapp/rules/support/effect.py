"""What support did: the concerns of its theme in the months before it was asked for, and in those
after it was taken up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from visitapp.rules.concerns.clusters import Counted, counts
from visitapp.rules.visiting.due import add_months


class Effect(Struct, frozen=True, kw_only=True):
    """How many concerns came before, and so far after. `first`, `last`: the days counted before;
    `after_first`, `after_last`: those after, None until it is taken up. `known`: all of those days
    have passed."""

    before: int
    after: int
    first: date
    last: date
    after_first: date | None
    after_last: date | None
    known: bool


def effect_of(
    concerns: Iterable[Counted],
    theme: str,
    asked_on: date,
    taken_up_on: date | None,
    *,
    months: int,
    today: date,
) -> Effect:
    """The effect on a theme. Compliments, and what was not substantiated, do not count."""
    first, last = add_months(asked_on, -months), asked_on - timedelta(days=1)
    end = None if taken_up_on is None else add_months(taken_up_on, months) - timedelta(days=1)
    days = [one.received_on for one in concerns if theme in one.themes and counts(one)]
    after = 0
    if taken_up_on is not None and end is not None:
        after = sum(taken_up_on <= day <= min(end, today) for day in days)
    return Effect(
        before=sum(first <= day <= last for day in days),
        after=after,
        first=first,
        last=last,
        after_first=taken_up_on,
        after_last=end,
        known=end is not None and today > end,
    )
