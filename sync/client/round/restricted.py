"""Taking off a device the concerns that its user does not see any more."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select

from sync.client.round.position import Position
from sync.client.round.rows import among, listed
from sync.client.round.states import read_states
from sync.wire import Page
from visitapp.records import (
    Concern,
    ConcernUpdate,
    Conflict,
    Evidence,
    History,
    Outbox,
    Step,
)

_TRAILS = (Conflict, Step, History)
_ABOUT = (ConcernUpdate, Evidence)


def withdraw(connection: Connection, position: Position, page: Page) -> int:
    """Remove the concerns that a page takes away, and those that the user's new role does not see,
    with all that is about them. One of which a change waits to be sent goes when nothing waits any
    more. How many records went."""
    given = {id_ for group in page.groups if group.kind == "concern" for id_ in group.ids}
    going = (position.taken_away | set(page.removed)) - given
    if position.hiding:
        unseen = select(Concern.id).where(_unseen(connection, position.role))
        going |= set(connection.execute(unseen).scalars())
    if not going:
        return 0
    position.taken_away = _waiting(connection, going)
    ready = listed(going - position.taken_away)
    evidence = select(Evidence.id).where(among(Evidence.concern_id))
    statements = [
        *(delete(kind).where(kind.kind == "concern", among(kind.record_id)) for kind in _TRAILS),
        *(
            delete(kind).where(kind.kind == "evidence", kind.record_id.in_(evidence))
            for kind in _TRAILS
        ),
        *(delete(kind).where(among(kind.concern_id)) for kind in _ABOUT),
        delete(Concern).where(among(Concern.id)),
    ]
    return sum(connection.execute(statement, ready).rowcount for statement in statements)


def _unseen(connection: Connection, role: str) -> ColumnElement[bool]:
    """Whether a concern is restricted to others: `rules.concerns.restriction.sees_concern`."""
    me = read_states(connection).get("user_id")
    return and_(
        Concern.restricted_to.is_not(None),
        ~Concern.restricted_to.contains(role),
        Concern.created_by != me,
        or_(Concern.handler_id.is_(None), Concern.handler_id != me),
    )


def _waiting(connection: Connection, concerns: set[str]) -> set[str]:
    """Those of these concerns of which a change waits to be sent, refused ones included."""
    given = listed(concerns)
    own = select(Outbox.record_id).where(among(Outbox.record_id))
    belonging = (
        select(kind.concern_id)
        .join(Outbox, Outbox.record_id == kind.id)
        .where(among(kind.concern_id))
        for kind in _ABOUT
    )
    stepped = (
        select(Step.record_id)
        .join(Outbox, Outbox.record_id == Step.id)
        .where(among(Step.record_id))
    )
    found = (connection.execute(one, given).scalars() for one in (own, *belonging, stepped))
    return {id_ for ids in found for id_ in ids if id_ is not None}
