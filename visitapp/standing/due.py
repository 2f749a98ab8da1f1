"""Which visits settings are due, by the records and the council's policy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Subquery
from sqlalchemy.orm import Session

from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.policy.model import Policy
from visitapp.rules.visiting.due import Due, DueFacts
from visitapp.rules.visiting.due import visits_due as due_by_facts
from visitapp.standing.by_setting import Found, by_setting
from visitapp.standing.due_facts import SOURCES, DueQuestion
from visitapp.standing.merged import merged_roots, together


def visits_due(
    connection: Connection | Session,
    policy: Policy,
    quality_forms: Collection[str],
    setting_ids: Collection[str] | None = None,
) -> dict[str, list[Due]]:
    """The visits that every open setting (or those named) is due, by its id, the earliest first,
    with what was recorded at those merged into it. `quality_forms`: the ids of the forms that set
    the quality rating."""
    roots = merged_roots(connection)
    wanted = None
    if setting_ids is not None:
        wanted = [one for id_ in setting_ids for one in together(roots, id_)]
    found = by_setting(connection, due_queries(quality_forms, policy), wanted)
    return dues_of(found, policy, roots)


def due_queries(quality_forms: Collection[str], policy: Policy) -> list[Subquery]:
    """What `dues_of` needs of settings, for `by_setting`."""
    return _queries(DueQuestion(frozenset(quality_forms), policy))


@lru_cache(maxsize=8)
def _queries(question: DueQuestion) -> list[Subquery]:
    return [query for source in SOURCES for query in source.queries(question)]


def dues_of(
    found: Mapping[str, Found], policy: Policy, roots: Mapping[str, str]
) -> dict[str, list[Due]]:
    """The visits that the open ones of these settings are due. roots: as `merged_roots`."""
    facts = {id_: facts_of(own) for id_, own in found.items()}
    for merged_id, root in roots.items():
        if merged_id in facts and root in facts:
            facts[root] = _together(facts[root], facts[merged_id])
    rules, calendar = policy.visits.rules, policy.working_days.days()
    return {
        id_: due_by_facts(rules, calendar, facts[id_])
        for id_, own in found.items()
        if own["status"] == SettingStatus.OPEN
    }


def _together(own: DueFacts, merged: DueFacts) -> DueFacts:
    """The facts of a setting with those of one that was merged into it."""
    rated = max(own, merged, key=lambda facts: facts.events.get("rating", date.min))
    days = [day for day in (own.last_on_site, merged.last_on_site) if day is not None]
    return replace(
        own,
        rag=rated.rag,
        risk=own.risk or merged.risk,
        last=_latest(own.last, merged.last),
        last_on_site=max(days, default=None),
        events=_latest(own.events, merged.events),
    )


def _latest(own: Mapping[str, date], other: Mapping[str, date]) -> dict[str, date]:
    return {
        name: max(own.get(name, date.min), other.get(name, date.min))
        for name in own.keys() | other.keys()
    }


def facts_of(found: Found) -> DueFacts:
    """What the visit rules read of one setting."""
    facts: dict[str, Any] = {}
    events: dict[str, date] = {}
    for source in SOURCES:
        own = source.facts(found)
        events |= own.get("events", {})
        facts |= own
    return DueFacts(**facts | {"events": events})
