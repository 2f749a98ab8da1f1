"""Who may send and who may fetch the bytes of evidence: whoever has a record that names them."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select

from sync.server.records.scope import bound, within
from sync.tables import table_of
from visitapp.errors import Code, NotAllowed, NotFound
from visitapp.records import Evidence
from visitapp.rules.access import WRITERS, Actor


def require_sending(connection: Connection, actor: Actor, sha256: str, size: int) -> None:
    """Raise unless the actor may write a setting with an evidence record of this hash and size.

    A record that the actor made counts too when its setting was handed on since: what the server
    took of them it takes whole. So does a deleted one, whose deletion may yet be taken back.
    """
    if actor.role not in WRITERS:
        raise NotAllowed("Your role reads records and does not change them.")
    table = table_of(Evidence)
    mine = or_(table.c.created_by == actor.id, within(Evidence, actor.role))
    wanted = select(Evidence.id).where(Evidence.sha256 == sha256, Evidence.size == size, mine)
    if connection.execute(wanted.limit(1), bound(actor)).first() is None:
        raise NotAllowed(
            "The server has no record of yours that names these bytes.",
            "Send the record first.",
            code=Code.OUT_OF_SCOPE,
        )


def require_sight(connection: Connection, actor: Actor, sha256: str) -> None:
    """Raise NotFound unless the actor sees a living record that names these bytes. Somebody who
    does not see one is not told whether there is one."""
    if Evidence.__kind__.seen_by(actor.role):
        wanted = select(Evidence.id).where(
            Evidence.sha256 == sha256,
            Evidence.deleted.is_(False),
            within(Evidence, actor.role),
        )
        if connection.execute(wanted.limit(1), bound(actor)).first() is not None:
            return
    raise not_here()


def not_here() -> NotFound:
    """What is said of bytes that are not there, or not for this person."""
    return NotFound("The server does not hold this evidence.")
