"""What is read of records to tell until when they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, null, select

from sync.server.retention.removed import is_removed
from sync.tables import table_of
from visitapp.records import Action, ActionStatus, Concern, Evidence, EvidenceKind, Synced, Visit
from visitapp.records.declared import parents


def records_at(kind: type[Synced], settings: Sequence[str]) -> Select[Any]:
    """The records of a kind at some settings that were not removed yet, with what decides on
    them."""
    table, visit = table_of(kind), table_of(Visit)
    person = table.c.person if "person" in table.c else null().label("person")
    shown = (table.c.id, table.c.setting_id, table.c.created_at, person)
    mine = [table.c.setting_id.in_(settings), ~is_removed(kind)]
    if kind is Evidence:  # that of a concern goes with the concern
        mine.append(table.c.concern_id.is_(None))
    if kind is Visit:
        return select(*shown, visit.c.visited_on).where(*mine)
    if "visit_id" not in parents(kind):
        return select(*shown, null().label("visited_on")).where(*mine)
    joined = table.outerjoin(visit, visit.c.id == table.c.visit_id)
    return select(*shown, visit.c.visited_on).select_from(joined).where(*mine)


def actions_at(settings: Sequence[str]) -> Select[Any]:
    """The actions that may be verified, with what says so."""
    action = table_of(Action).c
    return select(
        *(action.id, action.visit_id, action.question, action.status, action.verified_at)
    ).where(
        action.setting_id.in_(settings),
        action.deleted.is_(False),
        action.status != ActionStatus.WITHDRAWN.value,
    )


def photos_at(settings: Sequence[str]) -> Select[Any]:
    """The photos that were not removed yet, with the visit that they belong to."""
    photo, visit = table_of(Evidence), table_of(Visit)
    columns = (photo.c.id, photo.c.setting_id, photo.c.visit_id, photo.c.action_id)
    return (
        select(*columns, photo.c.question, photo.c.created_at)
        .add_columns(visit.c.status, visit.c.signed_off_at)
        .select_from(photo.outerjoin(visit, visit.c.id == photo.c.visit_id))
        .where(
            photo.c.setting_id.in_(settings),
            photo.c.kind == EvidenceKind.PHOTO.value,
            photo.c.concern_id.is_(None),
            ~is_removed(Evidence),
        )
    )


def concerns_at(settings: Sequence[str]) -> Select[Any]:
    """The concerns that were not removed yet, with what says whether they are closed."""
    concern = table_of(Concern).c
    columns = (concern.id, concern.setting_id, concern.received_at, concern.person)
    mine = (concern.setting_id.in_(settings), ~is_removed(Concern))
    return select(*columns, concern.status, concern.reached).where(*mine)
