"""When things are due: the next visits of a setting, and an action by its priority.

Every figure comes from the council's policy (`visitapp.rules.policy`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from operator import attrgetter

from msgspec import Struct

from visitapp.rules.policy.frequency import VisitRule
from visitapp.rules.policy.visiting import ActionRules
from visitapp.rules.visiting.working_days import Calendar

SHORTEST_MONTH = 28


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if day.day <= SHORTEST_MONTH:
        return date(year, month, day.day)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class DueFacts(Struct, frozen=True, kw_only=True):
    """What the visit rules read of a setting.

    `last`: the last signed-off visit of each purpose, for `annual` the last on a form that sets the
    quality rating; `last_on_site`: of any purpose on site. `events`: the latest day of each. A
    subject that does not exist yet leaves its part as it is here, so that its rules are silent.
    `intervention_started` is among the events only while the intervention is open.
    """

    joined: date
    service_type: str = ""
    rag: str = "unrated"
    risk: str = ""
    level: str = ""
    regulator: str = ""
    contracted: bool = False
    key_supplier: bool = False
    out_of_county: bool = False
    intervention: bool = False
    last: Mapping[str, date] = {}
    last_on_site: date | None = None
    events: Mapping[str, date] = {}


class Due(Struct, frozen=True, kw_only=True, gc=False):
    """A visit that is due by a rule: which, when, and what the rule counted from."""

    due_on: date
    purpose: str
    rule: str
    label: str
    within: int
    unit: str
    of: str
    since: date


_NO_EVENTS = frozenset({"last_visit", "joined"})
_day = attrgetter("due_on")


def visits_due(rules: Iterable[VisitRule], calendar: Calendar, facts: DueFacts) -> list[Due]:
    """Every visit that a setting is due, the earliest first: its reason is the one to show."""
    found = [
        due
        for rule in rules
        # Most events never happened, so that most rules need no closer look.
        if rule.of in _NO_EVENTS or rule.of in facts.events
        if (due := _due(rule, calendar, facts)) is not None
    ]
    found.sort(key=_day)
    return found


def by_purpose(dues: Iterable[Due]) -> dict[str, Due]:
    """The clock of each purpose: its earliest rule. `dues` are in order."""
    clocks: dict[str, Due] = {}
    for due in dues:
        clocks.setdefault(due.purpose, due)
    return clocks


def limit_after(day: date, within: int, unit: str, calendar: Calendar) -> date:
    """The last day of a time limit that starts on a day."""
    match unit:
        case "months":
            return add_months(day, within)
        case "weeks":
            return day + timedelta(weeks=within)
        case "working_days":
            return calendar.add(day, within)
        case _:
            return day + timedelta(days=within)


def _due(rule: VisitRule, calendar: Calendar, facts: DueFacts) -> Due | None:
    if not _holds(rule, facts):
        return None
    start = _start(rule, facts)
    if start is None:
        return None
    of, since = start
    if of not in _NO_EVENTS and _answered(rule, of, since, calendar, facts):
        return None
    return Due(
        due_on=limit_after(since, rule.within, rule.unit, calendar),
        purpose=rule.purpose,
        rule=rule.id,
        label=rule.label,
        within=rule.within,
        unit=rule.unit,
        of=of,
        since=since,
    )


def _holds(rule: VisitRule, facts: DueFacts) -> bool:
    """Whether every condition of a rule holds. A level that is not known is oversight."""
    return (
        (not rule.ratings or facts.rag in rule.ratings)
        and (not rule.risks or facts.risk in rule.risks)
        and (not rule.regulator or facts.regulator in rule.regulator)
        and (not rule.service_types or facts.service_type in rule.service_types)
        and (not rule.levels or (facts.level or "oversight") in rule.levels)
        and (facts.key_supplier or not rule.key_supplier)
        and (facts.out_of_county or not rule.out_of_county)
        and (rule.intervention == "either" or facts.intervention == (rule.intervention == "open"))
    )


def _start(rule: VisitRule, facts: DueFacts) -> tuple[str, date] | None:
    """What a rule counts from here, and its day; None when there is nothing to count from.

    An event before the setting joined counts from that day, on which the council took it on.
    """
    last = facts.last.get(rule.purpose)
    if rule.of == "last_visit":
        return ("last_visit", last) if last is not None else _without_a_last(rule, facts)
    if rule.of == "joined":
        return ("joined", facts.joined) if last is None else None
    since = facts.events.get(rule.of)
    if since is None:
        return None
    return (rule.of, since) if since >= facts.joined else ("taken_on", facts.joined)


def _without_a_last(rule: VisitRule, facts: DueFacts) -> tuple[str, date] | None:
    """A first quality visit has a rule of its own, and there is no review without a contract. An
    intervention's first visit counts from its start."""
    if rule.purpose == "annual" or (rule.purpose == "contract_review" and not facts.contracted):
        return None
    started = facts.events.get("intervention_started")
    if rule.purpose == "intervention" and started is not None:
        return "intervention_started", started
    return "joined", facts.joined


def _answered(rule: VisitRule, of: str, since: date, calendar: Calendar, facts: DueFacts) -> bool:
    """Whether a visit on site came after an event. The visit that gave a rating is not one."""
    if facts.last_on_site is None:
        return False
    counts_from = limit_after(since, rule.not_before, rule.unit, calendar)
    if rule.not_before == 0:
        counts_from = since + timedelta(days=of == "rating")
    return facts.last_on_site >= counts_from


def action_due(
    rules: ActionRules,
    calendar: Calendar,
    raised_on: date,
    priority: str,
    due_days: int | None = None,
) -> date:
    """When an action must be done. `due_days` (the form's rule) goes before the priority's days.

    One that falls on no working day is due on the next; an immediate one is not put off.
    Raises AttributeError for a priority that does not exist.
    """
    if due_days is None:
        due_days = int(getattr(rules.days, priority))
    due = raised_on + timedelta(days=due_days)
    return due if priority == "immediate" or due_days == 0 else calendar.working_day(due)
