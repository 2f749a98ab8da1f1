"""Which visits settings are due, by the records and the council's policy."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from visitapp.records import Setting
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.policy.model import Policy
from visitapp.rules.visiting.due import Due, DueFacts
from visitapp.rules.visiting.due import visits_due as due_by_facts
from visitapp.standing.due_facts import SOURCES, FoundRow

_READ = (
    Setting.id,
    Setting.service_type,
    Setting.created_at,
    Setting.regulator_overall,
    Setting.regulator_published,
    Setting.in_county,
)


def visits_due(
    connection: Connection | Session,
    policy: Policy,
    quality_forms: Collection[str],
    setting_id: str | None = None,
) -> dict[str, list[Due]]:
    """The visits that every open setting (or the one named) is due, by its id, the earliest first.
    One statement, however many settings. `quality_forms`: the ids of the forms that set the quality
    rating."""
    queries = [query for source in SOURCES for query in source.queries(quality_forms)]
    columns = [column for query in queries for column in query.c if column.key != "setting_id"]
    wanted = select(*_READ, *columns).where(
        Setting.deleted.is_(False), Setting.status == SettingStatus.OPEN
    )
    for query in queries:
        wanted = wanted.outerjoin(query, query.c.setting_id == Setting.id)
    if setting_id is not None:
        wanted = wanted.where(Setting.id == setting_id)
    rules, calendar = policy.visits.rules, policy.working_days.days()
    return {
        found.id: due_by_facts(rules, calendar, facts_of(found))
        for found in connection.execute(wanted)
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
