"""Who may send and who may fetch the bytes of evidence.

A record that names bytes by their hash proves nothing: anybody may know a hash. Bytes are given
out, and said to be here, only by a record whose maker has shown the bytes (`EvidenceProof`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, exists, insert, or_, select

from sync.server.records.scope import bound, within
from sync.tables import table_of
from visitapp.errors import Code, NotAllowed, NotFound
from visitapp.language import message
from visitapp.records import Evidence, EvidenceContent, EvidenceProof
from visitapp.rules.access import READS_ONLY, WRITERS, Actor


def require_sending(connection: Connection, actor: Actor, sha256: str, size: int) -> None:
    """Raise unless the actor may write a setting with an evidence record of this hash and size.

    A record that the actor made counts too when its setting was handed on since: what the server
    took of them it takes whole. So does a deleted one, whose deletion may yet be taken back.
    """
    if actor.role not in WRITERS:
        raise NotAllowed(READS_ONLY)
    wanted = _within_reach(actor, sha256, size)
    if connection.execute(wanted.limit(1), bound(actor)).first() is None:
        raise NotAllowed(
            message("The server has no record of yours with this file."),
            message("Send the record first."),
            code=Code.OUT_OF_SCOPE,
        )


def require_sight(connection: Connection, actor: Actor, sha256: str) -> None:
    """Raise NotFound unless the actor sees a living record that names these bytes by hash and size,
    of somebody who has shown them. Nobody else is told whether the bytes are here."""
    if Evidence.__kind__.seen_by(actor.role):
        proved = Evidence.__table__.alias()
        shown_by_its_maker = exists().where(
            EvidenceProof.sha256 == sha256,
            proved.c.id == EvidenceProof.evidence_id,
            proved.c.created_by == Evidence.created_by,
        )
        wanted = select(Evidence.id).where(
            Evidence.sha256 == sha256,
            Evidence.deleted.is_(False),
            within(Evidence, actor.role),
            exists().where(EvidenceContent.sha256 == sha256, EvidenceContent.size == Evidence.size),
            or_(_is_proved(), shown_by_its_maker),
        )
        if connection.execute(wanted.limit(1), bound(actor)).first() is not None:
            return
    raise not_here()


def has_shown(connection: Connection, actor: Actor, sha256: str, size: int) -> bool:
    """Whether the actor has these bytes for certain: made, or sees, a record that is proved."""
    wanted = _within_reach(actor, sha256, size).where(_is_proved())
    return connection.execute(wanted.limit(1), bound(actor)).first() is not None


def prove(connection: Connection, actor: Actor, sha256: str, size: int, now: datetime) -> None:
    """Note that the actor has shown the bytes of their own records; where they have none with these
    bytes, because they bring somebody else's work, of those they may write."""
    unproved = _within_reach(actor, sha256, size).where(~_is_proved())
    found = connection.execute(unproved, bound(actor)).all()
    own = [row for row in found if row.created_by == actor.id]
    for row in own or found:
        proof = {"evidence_id": row.id, "sha256": sha256, "proved_at": now}
        connection.execute(insert(EvidenceProof).values(proof))


def _within_reach(actor: Actor, sha256: str, size: int) -> Select[str, str]:
    """The records of these bytes that the actor made or may write; run with `bound(actor)`."""
    table = table_of(Evidence)
    mine = or_(table.c.created_by == actor.id, within(Evidence, actor.role))
    columns = select(Evidence.id, Evidence.created_by)
    return columns.where(Evidence.sha256 == sha256, Evidence.size == size, mine)


def _is_proved() -> ColumnElement[bool]:
    return exists().where(
        EvidenceProof.evidence_id == Evidence.id, EvidenceProof.sha256 == Evidence.sha256
    )


def not_here() -> NotFound:
    """What is said of bytes that are not there, or not for this person."""
    return NotFound(message("The server does not have this evidence."))
