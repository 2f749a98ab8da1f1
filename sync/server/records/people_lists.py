"""Lists of people to be moved at the server: personal data, so not everybody who sees a setting is
given its list (`standing.holders.held.lists_of_people`, decision 94)."""

from __future__ import annotations

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, literal, or_, select

from sync.scope import PEOPLE
from sync.server.records.workspace import Row, Workspace
from sync.tables import table_of
from visitapp.records import AffectedPerson, Synced
from visitapp.records.declared import is_trail
from visitapp.rules.access import Actor
from visitapp.standing.holders.held import lists_of_people

_PERSON = str(AffectedPerson.__tablename__)


def list_names(role: str, actor: BindParameter[str], team: BindParameter[str]) -> Select[str]:
    """What a scope calls the lists that somebody sees, of those that have anybody on them."""
    setting = AffectedPerson.setting_id
    seen = setting.in_(lists_of_people(role, actor, team))
    return select(literal(PEOPLE).concat(setting)).where(seen).distinct()


def of_a_seen_list(
    kind: type[Synced], role: str, actor: BindParameter[str], team: BindParameter[str]
) -> ColumnElement[bool]:
    """The condition that a record for which `is_listed` is of no list of people, or of one that the
    actor sees."""
    seen = table_of(kind).c.setting_id.in_(lists_of_people(role, actor, team))
    return seen if kind is AffectedPerson else or_(table_of(kind).c.kind != _PERSON, seen)


def of_a_joined_list(kind: type[Synced], joined: BindParameter[str]) -> ColumnElement[bool]:
    """The condition that a record is of a list that is among `joined`."""
    columns = table_of(kind).c
    among = literal(PEOPLE).concat(columns.setting_id).in_(joined)
    return among if kind is AffectedPerson else and_(columns.kind == _PERSON, among)


def is_listed(kind: type[Synced], role: str) -> bool:
    """Whether records of a kind may be of a list of people, and a role sees any of those."""
    return (kind is AffectedPerson or is_trail(kind)) and AffectedPerson.__kind__.seen_by(role)


def list_hidden_from(actor: Actor, workspace: Workspace, row: Row) -> bool:
    """Whether a record is of a list of people that the actor does not see."""
    about = row.values["kind"] if is_trail(row.kind) else row.kind.__tablename__
    if about != _PERSON:
        return False
    statement = lists_of_people(actor.role, bindparam("user"), bindparam("team"))
    column = statement.selected_columns[0]
    given = {"user": actor.id, "team": actor.team, "setting": row.setting_id}
    return not workspace.query(statement.where(column == bindparam("setting")), given)
