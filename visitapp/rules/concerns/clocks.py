"""The time limits of a concern: what is due when, what was in time, what is late."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, datetime, timedelta

from msgspec import Struct

from visitapp.rules.policy.casework import Clock, ConcernRules
from visitapp.rules.visiting.due import limit_after
from visitapp.rules.visiting.working_days import Calendar


class Limit(Struct, frozen=True, kw_only=True):
    """One time limit. `due_at` only where it is counted in hours; `done`: the day, or the moment
    where it is in hours. One that is for information is never late."""

    id: str
    stage: str
    due_on: date
    due_at: datetime | None
    done: str
    counts: bool

    def is_late(self, now: datetime) -> bool:
        """Whether it was done too late, or is not done and its time has passed."""
        if not self.counts:
            return False
        if self.due_at is not None:
            return (datetime.fromisoformat(self.done) if self.done else now) > self.due_at
        done = date.fromisoformat(self.done[:10]) if self.done else now.astimezone().date()
        return done > self.due_on


def limits_of(
    kind: str,
    severity: str,
    received_at: datetime,
    reached: Mapping[str, str],
    rules: ConcernRules,
    calendar: Calendar,
    stages: Set[str] = frozenset(),
) -> list[Limit]:
    """The time limits of a concern, the earliest first. A limit that starts when another one ends
    counts from the day on which that was done, else from the day on which it is due. `rules` have
    no circle (`policy.check`). `stages`: only the limits of these, and those that they start at."""
    found: dict[str, Limit] = {}
    mine = [clock for clock in rules.clocks if _is_for(clock, kind, severity)]
    if stages:
        started = {clock.after for clock in mine if clock.stage in stages}
        mine = [clock for clock in mine if clock.stage in stages or clock.id in started]
    while mine:
        ready = [clock for clock in mine if not _waits(clock, mine)]
        for clock in ready:
            start = found.get(clock.after)
            found[clock.id] = _limit(clock, received_at, start, reached, calendar)
        mine = [clock for clock in mine if clock not in ready]
    return sorted(found.values(), key=lambda limit: (limit.due_on, limit.id))


def next_limit(limits: list[Limit]) -> Limit | None:
    """The one to meet next; None when nothing is left."""
    return next((limit for limit in limits if limit.counts and not limit.done), None)


def _is_for(clock: Clock, kind: str, severity: str) -> bool:
    by_severity = not clock.severities or int(severity) in clock.severities
    return kind in clock.kinds and by_severity


def _waits(clock: Clock, others: list[Clock]) -> bool:
    return any(other.id == clock.after for other in others)


def _limit(
    clock: Clock,
    received_at: datetime,
    start: Limit | None,
    reached: Mapping[str, str],
    calendar: Calendar,
) -> Limit:
    done = reached.get(clock.stage, "")
    day = received_at.astimezone().date()
    if start is not None:
        day = date.fromisoformat(start.done[:10]) if start.done else start.due_on
    due_at = received_at + timedelta(hours=clock.within) if clock.unit == "hours" else None
    due_on = due_at.astimezone().date() if due_at else _day(clock, day, calendar)
    return Limit(
        id=clock.id, stage=clock.stage, due_on=due_on, due_at=due_at, done=done, counts=clock.counts
    )


def _day(clock: Clock, day: date, calendar: Calendar) -> date:
    """The last day. One on which the council does not work moves to the next, but for today."""
    if clock.within == 0 and clock.unit != "working_days":
        return day
    return calendar.working_day(limit_after(day, clock.within, clock.unit, calendar))
