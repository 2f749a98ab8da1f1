"""Restricted concerns at the server: who is given one, its updates, steps, history and conflicts;
and whose devices lose one that they had."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    or_,
    select,
)

from sync.server.records.workspace import Row, Workspace
from sync.tables import table_of
from visitapp.records import Concern, ConcernUpdate, Evidence, Step, Synced
from visitapp.records.declared import is_trail
from visitapp.rules.access import Actor
from visitapp.rules.concerns.restriction import sees_concern

_CONCERN = Concern.__tablename__
ABOUT: tuple[type[ConcernUpdate | Evidence], ...] = (ConcernUpdate, Evidence)
"""The kinds of which a record may belong to a concern, and is restricted with it."""
_ABOUT_OR_ITSELF = frozenset({_CONCERN, *(str(kind.__tablename__) for kind in ABOUT)})


def not_hidden(
    kind: type[Synced], role: str, actor: BindParameter[str]
) -> ColumnElement[bool] | None:
    """The condition that a record is not, nor is about, a concern that the actor does not see; None
    for a kind that never is."""
    columns, hidden = table_of(kind).c, _hidden(role, actor)
    if kind is Concern:
        return columns.id.not_in(hidden)
    if kind in ABOUT:
        return or_(columns.concern_id.is_(None), columns.concern_id.not_in(hidden))
    if is_trail(kind):
        return and_(
            or_(columns.kind != _CONCERN, columns.record_id.not_in(hidden)),
            *(
                or_(columns.kind != name, columns.record_id.not_in(ids))
                for name, ids in _of(hidden)
            ),
        )
    return None


def _of(hidden: Select[str]) -> Iterator[tuple[str, Select[str]]]:
    """The ids of the records about these concerns, by the name of their kind."""
    for kind in ABOUT:
        columns = table_of(kind).c
        yield str(kind.__tablename__), select(columns.id).where(columns.concern_id.in_(hidden))


def _hidden(role: str, actor: BindParameter[str]) -> Select[str]:
    """The ids of the concerns that somebody of a role does not see: the SQL of
    `rules.concerns.restriction.sees_concern`. No role's name is within another's."""
    concern = table_of(Concern).c
    return select(concern.id).where(
        concern.restricted_to.is_not(None),
        ~concern.restricted_to.contains(role),
        concern.created_by != actor,
        or_(concern.handler_id.is_(None), concern.handler_id != actor),
    )


def hidden_from(actor: Actor, workspace: Workspace, row: Row) -> bool:
    """Whether a record is, or is about, a concern that the actor does not see."""
    subject: Row | None = row
    if is_trail(row.kind) and row.values["kind"] in _ABOUT_OR_ITSELF:
        subject = workspace.get(row.values["kind"], row.values["record_id"])
    if subject is not None and subject.kind in ABOUT:
        subject = workspace.get(_CONCERN, subject.values["concern_id"])
    if subject is None or subject.kind is not Concern:
        return False
    return not sees_concern(actor, subject.values)


def taken_away(connection: Connection, actor: Actor, given: dict[str, Any]) -> list[str]:
    """The concerns that the actor saw until a step within the span of `given`, and does not see any
    more: one that became restricted, or is handled by somebody else now."""
    found = connection.execute(_hiding_steps(actor.role), given)
    return sorted(
        {
            step.record_id
            for step in found
            if "restricted_to" in step.fields or step.was.get("handler_id") == actor.id
        }
    )


@cache
def _hiding_steps(role: str) -> Select[Any]:
    step = table_of(Step).c
    return select(step.record_id, step.fields, step.was).where(
        and_(step.revision > bindparam("after"), step.revision <= bindparam("upto")),
        step.kind == _CONCERN,
        step.accepted,
        step.record_id.in_(_hidden(role, bindparam("actor_id", required=True))),
    )
