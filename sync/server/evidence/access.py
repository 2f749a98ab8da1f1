"""Who may send and who may fetch the bytes of evidence and documents.

A record that names bytes by their hash proves nothing: anybody may know a hash. Bytes are given
out, and said to be here, only by a record whose maker has shown the bytes (`EvidenceProof`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, insert, or_, select

from sync.server.records.scope import bound, within
from sync.tables import table_of
from visitapp.errors import Code, NotAllowed, NotFound
from visitapp.language import message
from visitapp.records import BYTES_NAMED_BY, Document, Evidence, EvidenceContent, EvidenceProof
from visitapp.rules.access import READS_ONLY, WRITERS, Actor

Bearer = Evidence | Document


def require_sending(connection: Connection, actor: Actor, sha256: str, size: int) -> None:
    """Raise unless the actor may write a record of this hash and size.

    A record that the actor made counts too when its setting was handed on since: what the server
    took of them it takes whole. So does a deleted one, whose deletion may yet be taken back.
    """
    if actor.role not in WRITERS:
        raise NotAllowed(READS_ONLY)
    if not _found(connection, actor, _within_reach(actor, sha256, size)):
        raise NotAllowed(
            message("The server has no record of yours with this file."),
            message("Send the record first."),
            code=Code.OUT_OF_SCOPE,
        )


def require_sight(connection: Connection, actor: Actor, sha256: str) -> None:
    """Raise NotFound unless the actor sees a living record that names these bytes by hash and size,
    of somebody who has shown them. Nobody else is told whether the bytes are here."""
    seen = [kind for kind in BYTES_NAMED_BY if kind.__kind__.seen_by(actor.role)]
    if not _found(connection, actor, [_living(kind, actor, sha256) for kind in seen]):
        raise not_here()


def has_shown(connection: Connection, actor: Actor, sha256: str, size: int) -> bool:
    """Whether the actor has these bytes for certain: made, or sees, a record that is proved."""
    reach = zip(BYTES_NAMED_BY, _within_reach(actor, sha256, size), strict=True)
    return _found(connection, actor, [query.where(_is_proved(kind)) for kind, query in reach])


def prove(connection: Connection, actor: Actor, sha256: str, size: int, now: datetime) -> None:
    """Note that the actor has shown the bytes of their own records; where they have none with these
    bytes, because they bring somebody else's work, of those they may write."""
    found = [
        row
        for kind, query in zip(BYTES_NAMED_BY, _within_reach(actor, sha256, size), strict=True)
        for row in connection.execute(query.where(~_is_proved(kind)), bound(actor))
    ]
    own = [row for row in found if row.created_by == actor.id]
    for row in own or found:
        proof = {"evidence_id": row.id, "sha256": sha256, "proved_at": now}
        connection.execute(insert(EvidenceProof).values(proof))


def _living(kind: type[Bearer], actor: Actor, sha256: str) -> Select[str]:
    """The living records of a kind with these bytes, of a maker who has shown them."""
    others = [one.__table__.alias() for one in BYTES_NAMED_BY]
    shown_by_its_maker = [
        exists().where(
            EvidenceProof.sha256 == sha256,
            other.c.id == EvidenceProof.evidence_id,
            other.c.created_by == kind.created_by,
        )
        for other in others
    ]
    return select(kind.id).where(
        kind.sha256 == sha256,
        kind.deleted.is_(False),
        within(kind, actor.role),
        exists().where(EvidenceContent.sha256 == sha256, EvidenceContent.size == kind.size),
        or_(_is_proved(kind), *shown_by_its_maker),
    )


def _within_reach(actor: Actor, sha256: str, size: int) -> list[Select[str, str]]:
    """By kind, the records of these bytes that the actor made or may write; run with
    `bound(actor)`."""
    return [
        select(kind.id, kind.created_by).where(
            kind.sha256 == sha256,
            kind.size == size,
            or_(table_of(kind).c.created_by == actor.id, within(kind, actor.role)),
        )
        for kind in BYTES_NAMED_BY
    ]


def _found(
    connection: Connection, actor: Actor, queries: Iterable[Select[*tuple[Any, ...]]]
) -> bool:
    return any(
        connection.execute(query.limit(1), bound(actor)).first() is not None for query in queries
    )


def _is_proved(kind: type[Bearer]) -> ColumnElement[bool]:
    return exists().where(EvidenceProof.evidence_id == kind.id, EvidenceProof.sha256 == kind.sha256)


def not_here() -> NotFound:
    """What is said of bytes that are not there, or not for this person."""
    return NotFound(message("The server does not have this evidence."))
