"""Which settings a user's devices hold, as SQL. The values are bound when a statement is run."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    or_,
    select,
    true,
)

from sync.scope import scope_digest
from visitapp.records import FROZEN, Contract, Joining, Setting, Visit
from visitapp.rules.access import LEAD, SEES_ALL, Actor

_ACTOR: BindParameter[str] = bindparam("actor_id", required=True)
_TEAM: BindParameter[str] = bindparam("actor_team", required=True)


def bound(actor: Actor) -> dict[str, Any]:
    """The parameters of the statements made here."""
    return {"actor_id": actor.id, "actor_team": actor.team}


@cache
def settings_in_scope(role: str) -> Select[str]:
    """The ids of the settings that a user of this role sees: the SQL of `rules.access.in_scope`,
    and those of open visits that they were asked to join."""
    ids = select(Setting.id)
    if role in SEES_ALL:
        return ids
    if role == LEAD:
        return ids.where(or_(Setting.team == _TEAM, Setting.id.in_(_joined())))
    contracts = select(Contract.id).where(Contract.officer_id == _ACTOR)
    return ids.where(
        or_(
            Setting.officer_id == _ACTOR,
            Setting.contract_id.in_(contracts),
            Setting.id.in_(_joined()),
        )
    )


def _joined() -> Select[str]:
    return (
        select(Joining.setting_id)
        .join(Visit, Visit.id == Joining.visit_id)
        .where(
            Joining.user_id == _ACTOR,
            Joining.deleted.is_(False),
            Visit.deleted.is_(False),
            # Not as a list, which would be written into the statement anew at each execution.
            *(Visit.status != status for status in sorted(FROZEN)),
        )
    )


def read_scope(connection: Connection, actor: Actor) -> list[str]:
    """The ids themselves, sorted."""
    found = connection.execute(settings_in_scope(actor.role), bound(actor))
    return sorted(found.scalars())


class Scopes:
    """The digests of the scopes that were read last, one for each user: a scope is as it was until
    the counter moves, so a round with nothing to do need not read it."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[Actor, int, str]] = {}

    def digest(
        self, connection: Connection, actor: Actor, revision: int, *, committed: bool
    ) -> str:
        """The digest of an actor's scope, in a snapshot whose counter is at `revision`. Unless that
        is `committed`, it is not kept: the revision may yet be given out to somebody else."""
        last = self._last.get(actor.id)
        if last is not None and last[:2] == (actor, revision):
            return last[2]
        digest = scope_digest(read_scope(connection, actor))
        if committed:
            self._last[actor.id] = (actor, revision, digest)
        return digest


def within(setting_id: ColumnElement[str | None], role: str) -> ColumnElement[bool]:
    """The condition that a record's `setting_id` is in scope.

    A record without one (the history of a provider) belongs to everybody.
    """
    if role in SEES_ALL:
        return true()
    return or_(setting_id.is_(None), setting_id.in_(settings_in_scope(role)))
