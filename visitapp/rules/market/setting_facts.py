"""What facts of a setting say, on values: which one holds, and how often it changed of late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from visitapp.rules.visiting.due import add_months

KNOWN_FOR_MONTHS = 6
"""How long after the day on which it was known a fact still says that nothing has changed."""

LOOKED_BACK_MONTHS = 12


class Fact(Struct, frozen=True, kw_only=True):
    """One fact of a kind; an empty content says that there is none."""

    id: str
    content: str
    starts_on: date | None
    ends_on: date | None
    as_of: date
    made_at: datetime
    corrects_id: str | None = None

    @property
    def since(self) -> date:
        """The day from which it is known to hold."""
        return self.starts_on or self.as_of


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """The facts of one kind that no other corrects, the earliest first."""
    listed = list(facts)
    corrected = {fact.corrects_id for fact in listed}
    return sorted(
        (fact for fact in listed if fact.id not in corrected),
        key=lambda fact: (fact.since, fact.as_of, fact.made_at, fact.id),
    )


def holds(facts: Iterable[Fact], today: date) -> Fact | None:
    """The fact of one kind that holds on a day: the latest that has begun. None when there is none
    or it has ended."""
    begun = [fact for fact in in_order(facts) if fact.since <= today]
    if not begun or (begun[-1].ends_on is not None and begun[-1].ends_on < today):
        return None
    return begun[-1]


class Changes(Struct, frozen=True):
    """How often a fact changed in the last twelve months, and whether the records reach back so
    far; `latest` is the last fact that was looked at."""

    count: int
    complete: bool
    latest: Fact


def changes(facts: Iterable[Fact], today: date) -> Changes | None:
    """The changes of a fact of one kind; None when nothing is known of it.

    The first fact known is no change unless it says when it began. The records are complete when
    something was known from before the twelve months on, and the latest was confirmed lately.
    """
    begun = [fact for fact in in_order(facts) if fact.since <= today]
    if not begun:
        return None
    start = add_months(today, -LOOKED_BACK_MONTHS)
    count = 0
    for place, fact in enumerate(begun):
        other = place > 0 and fact.content.casefold() != begun[place - 1].content.casefold()
        first = place == 0 and fact.starts_on is not None
        count += fact.since > start and (other or first)
    lately = add_months(today, -KNOWN_FOR_MONTHS)
    complete = begun[0].since <= start and begun[-1].as_of >= lately
    return Changes(count, complete, begun[-1])
