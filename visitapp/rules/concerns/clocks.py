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


class LimitReader:
    """Works out the time limits of many concerns. What follows from the policy alone is worked out
    once for each kind and severity, and each last day once for each day it counts from."""

    def __init__(self, rules: ConcernRules, calendar: Calendar) -> None:
        """`rules` have no circle (`policy.check`)."""
        self._rules, self._calendar = rules, calendar
        self._clocks: dict[tuple[str, str, Set[str]], list[Clock]] = {}
        self._last_days: dict[tuple[str, date], date] = {}

    def limits(
        self,
        kind: str,
        severity: str,
        received_at: datetime,
        reached: Mapping[str, str],
        stages: Set[str] = frozenset(),
    ) -> list[Limit]:
        """The time limits of a concern, the earliest first. A limit that starts when another one
        ends counts from the day on which that was done, else from the day on which it is due.
        `stages`: only the limits of these, and those that they start at."""
        found: dict[str, Limit] = {}
        received_on = received_at.astimezone().date()
        for clock in self._ordered(kind, severity, stages):
            start = found.get(clock.after)
            found[clock.id] = self._limit(clock, received_at, received_on, start, reached)
        return sorted(found.values(), key=lambda limit: (limit.due_on, limit.id))

    def _ordered(self, kind: str, severity: str, stages: Set[str]) -> list[Clock]:
        """The clocks of such a concern, each after the one that it starts at."""
        known = self._clocks.get((kind, severity, stages))
        if known is not None:
            return known
        left = [clock for clock in self._rules.clocks if _is_for(clock, kind, severity)]
        if stages:
            started = {clock.after for clock in left if clock.stage in stages}
            left = [clock for clock in left if clock.stage in stages or clock.id in started]
        ordered: list[Clock] = []
        while left:
            ready = [clock for clock in left if not _waits(clock, left)]
            ordered += ready
            left = [clock for clock in left if clock not in ready]
        self._clocks[kind, severity, stages] = ordered
        return ordered

    def _limit(
        self,
        clock: Clock,
        received_at: datetime,
        received_on: date,
        start: Limit | None,
        reached: Mapping[str, str],
    ) -> Limit:
        day = received_on
        if start is not None:
            day = date.fromisoformat(start.done[:10]) if start.done else start.due_on
        due_at = received_at + timedelta(hours=clock.within) if clock.unit == "hours" else None
        return Limit(
            id=clock.id,
            stage=clock.stage,
            due_on=due_at.astimezone().date() if due_at else self._last_day(clock, day),
            due_at=due_at,
            done=reached.get(clock.stage, ""),
            counts=clock.counts,
        )

    def _last_day(self, clock: Clock, day: date) -> date:
        """The last day. One on which the council does not work moves to the next, but for today."""
        if clock.within == 0 and clock.unit != "working_days":
            return day
        known = self._last_days.get((clock.id, day))
        if known is None:
            after = limit_after(day, clock.within, clock.unit, self._calendar)
            known = self._last_days[clock.id, day] = self._calendar.working_day(after)
        return known


def limits_of(
    kind: str,
    severity: str,
    received_at: datetime,
    reached: Mapping[str, str],
    rules: ConcernRules,
    calendar: Calendar,
    stages: Set[str] = frozenset(),
) -> list[Limit]:
    """The time limits of one concern: `LimitReader.limits`."""
    return LimitReader(rules, calendar).limits(kind, severity, received_at, reached, stages)


def next_limit(limits: list[Limit]) -> Limit | None:
    """The one to meet next; None when nothing is left."""
    return next((limit for limit in limits if limit.counts and not limit.done), None)


def _is_for(clock: Clock, kind: str, severity: str) -> bool:
    by_severity = not clock.severities or int(severity) in clock.severities
    return kind in clock.kinds and by_severity


def _waits(clock: Clock, others: list[Clock]) -> bool:
    return any(other.id == clock.after for other in others)
