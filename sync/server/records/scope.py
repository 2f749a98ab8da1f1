"""What a user's devices hold, as SQL. The values are bound when a statement is run."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    false,
    or_,
    select,
    true,
)

from sync.scope import hidden_kinds, scope_digest
from sync.server.records.people_lists import (
    is_listed,
    list_names,
    of_a_joined_list,
    of_a_seen_list,
)
from sync.server.records.restricted import not_hidden
from sync.tables import table_of
from visitapp.records import (
    FROZEN,
    KINDS,
    AffectedPerson,
    Contract,
    ContractSetting,
    Joining,
    Provider,
    Setting,
    Synced,
    Visit,
)
from visitapp.records.declared import ROOTS, is_trail, scope_fields
from visitapp.rules.access import SEES_ALL, Actor
from visitapp.rules.kinds import Scope
from visitapp.standing.holders.held import holds_setting

_ACTOR: BindParameter[str] = bindparam("actor_id", required=True)
_TEAM: BindParameter[str] = bindparam("actor_team", required=True)


def bound(actor: Actor) -> dict[str, Any]:
    """The parameters of the statements made here."""
    return {"actor_id": actor.id, "actor_team": actor.team}


@cache
def settings_in_scope(role: str) -> Select[str]:
    """The ids of the settings that a user of this role sees: the SQL of `rules.access.in_scope`,
    those that they cover, those of an open intervention that is theirs, and those of open visits
    that they were asked to join."""
    ids = select(Setting.id)
    if role in SEES_ALL:
        return ids
    return ids.where(or_(holds_setting(role, _ACTOR, _TEAM), Setting.id.in_(_joined())))


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


@cache
def contracts_in_scope(role: str) -> Select[str]:
    """The ids of the contracts of settings that a user of this role sees, those that settings were
    under among them, of those whose officer they are, and of those that they made and nobody uses
    yet."""
    ids = select(Contract.id)
    if role in SEES_ALL:
        return ids
    mine = ContractSetting.setting_id.in_(settings_in_scope(role))
    used = select(ContractSetting.contract_id).where(mine)
    unused = ~exists().where(ContractSetting.contract_id == Contract.id)
    return ids.where(
        or_(
            Contract.id.in_(used),
            Contract.officer_id == _ACTOR,
            and_(Contract.created_by == _ACTOR, unused),
        )
    )


@cache
def providers_in_scope(role: str) -> Select[str]:
    """The ids of the providers of settings and contracts that a user of this role sees, and of
    those that they made and nobody uses yet."""
    ids = select(Provider.id)
    if role in SEES_ALL:
        return ids
    run = select(Setting.provider_id).where(Setting.id.in_(settings_in_scope(role)))
    contracted = select(Contract.provider_id).where(Contract.id.in_(contracts_in_scope(role)))
    unused = and_(
        ~exists().where(Setting.provider_id == Provider.id),
        ~exists().where(Contract.provider_id == Provider.id),
    )
    return ids.where(
        or_(
            Provider.id.in_(run),
            Provider.id.in_(contracted),
            and_(Provider.created_by == _ACTOR, unused),
        )
    )


_IN_SCOPE = {
    Scope.SETTING: settings_in_scope,
    Scope.PROVIDER: providers_in_scope,
    Scope.CONTRACT: contracts_in_scope,
}


def read_scope(connection: Connection, actor: Actor) -> list[str]:
    """The ids of the settings, providers and contracts that an actor sees, and the lists of people
    (`people_of`), sorted."""
    found: list[str] = []
    for name, scope in ROOTS.items():
        if KINDS[name].__kind__.seen_by(actor.role):
            statement = _IN_SCOPE[scope](actor.role)
            found += connection.execute(statement, bound(actor)).scalars()
    if AffectedPerson.__kind__.seen_by(actor.role):
        found += connection.execute(_lists(actor.role), bound(actor)).scalars()
    return sorted(found)


@cache
def _lists(role: str) -> Select[str]:
    return list_names(role, _ACTOR, _TEAM)


class ScopeReader:
    """Which providers and contracts an actor sees, in one transaction."""

    def __init__(self, connection: Connection, actor: Actor) -> None:
        self._connection = connection
        self._actor = actor
        self._known: dict[str, bool] = {}

    def sees(self, scope: Scope, id_: str) -> bool:
        """Whether the provider or contract with this id is in the actor's scope."""
        if id_ not in self._known:
            ids = _IN_SCOPE[scope](self._actor.role).subquery()
            wanted = select(ids.c.id).where(ids.c.id == bindparam("wanted"))
            given = {**bound(self._actor), "wanted": id_}
            self._known[id_] = self._connection.execute(wanted, given).first() is not None
        return self._known[id_]


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
        digest = scope_digest(read_scope(connection, actor), actor.role)
        if committed:
            self._last[actor.id] = (actor, revision, digest)
        return digest


def within(kind: type[Synced], role: str, joined: bool = False) -> ColumnElement[bool]:
    """The condition that a record is in scope. `joined`: and that it belongs to one of those bound
    as `joined`."""
    table = table_of(kind)
    if Scope.COUNCIL in kind.__kind__.scope:
        return false() if joined else true()
    parts: list[ColumnElement[bool]] = []
    for scope, field in scope_fields(kind).items():
        column = table.c[field]
        among = column.in_(bindparam("joined", expanding=True)) if joined else true()
        if scope is Scope.PERSON:
            parts.append(and_(column == _ACTOR, among))
        else:
            everything = column.is_not(None) if role in SEES_ALL else None
            seen = column.in_(_IN_SCOPE[scope](role)) if everything is None else everything
            parts.append(and_(seen, among))
    listed = is_listed(kind, role)
    if listed and joined:
        parts.append(of_a_joined_list(kind, bindparam("joined", expanding=True)))
    condition = or_(*parts)
    if listed:
        condition = and_(condition, of_a_seen_list(kind, role, _ACTOR, _TEAM))
    if is_trail(kind):
        condition = and_(condition, *(table.c.kind != name for name in hidden_kinds(role)))
    unrestricted = not_hidden(kind, role, _ACTOR)
    return condition if unrestricted is None else and_(condition, unrestricted)
