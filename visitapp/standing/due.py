"""Which visits settings are due, by the records and the council's policy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from visitapp.records import Setting
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.policy.model import Policy
from visitapp.rules.visiting.due import Due, DueFacts
from visitapp.rules.visiting.due import visits_due as due_by_facts
from visitapp.standing.due_facts import SOURCES, FoundRow
from visitapp.standing.merged import merged_roots

_READ = (
    Setting.id,
    Setting.service_type,
    Setting.created_at,
    Setting.status,
    Setting.regulator_overall,
    Setting.regulator_published,
    Setting.in_county,
)


def visits_due(
    connection: Connection | Session,
    policy: Policy,
    quality_forms: Collection[str],
    setting_id: str | None = None,
    roots: Mapping[str, str] | None = None,
) -> dict[str, list[Due]]:
    """The visits that every open setting (or the one named) is due, by its id, the earliest first,
    with what was recorded at those merged into it. Two statements, however many settings; one where
    `roots` are known (`merged_roots`). `quality_forms`: the ids of the forms that set the quality
    rating."""
    queries = [query for source in SOURCES for query in source.queries(quality_forms)]
    columns = [column for query in queries for column in query.c if column.key != "setting_id"]
    wanted = select(*_READ, *columns).where(Setting.deleted.is_(False))
    for query in queries:
        wanted = wanted.outerjoin(query, query.c.setting_id == Setting.id)
    roots = merged_roots(connection) if roots is None else roots
    if setting_id is not None:
        merged = [id_ for id_, root in roots.items() if root == setting_id]
        wanted = wanted.where(Setting.id.in_([setting_id, *merged]))
    found = connection.execute(wanted).all()
    facts = {row.id: facts_of(row) for row in found}
    for merged_id, root in roots.items():
        if merged_id in facts and root in facts:
            facts[root] = _together(facts[root], facts[merged_id])
    rules, calendar = policy.visits.rules, policy.working_days.days()
    return {
        row.id: due_by_facts(rules, calendar, facts[row.id])
        for row in found
        if row.status == SettingStatus.OPEN
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


def facts_of(found: FoundRow) -> DueFacts:
    """What the visit rules read of one setting."""
    facts: dict[str, Any] = {}
    events: dict[str, date] = {}
    for source in SOURCES:
        own = source.facts(found)
        events |= own.get("events", {})
        facts |= own
    return DueFacts(
        **{
            **facts,
            "events": events,
            "joined": found.created_at.astimezone().date(),
            "service_type": found.service_type,
        }
    )
