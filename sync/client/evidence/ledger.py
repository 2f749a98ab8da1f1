"""What the device's database says of evidence bytes: what waits, what is held, what is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from sync.client.evidence.plan import Copy
from sync.client.round.states import read_states, write_states
from visitapp.errors import VisitappError
from visitapp.explanation import explanation_of
from visitapp.records import (
    BYTES_NAMED_BY,
    NOT_REFUSED,
    ContractSetting,
    Document,
    Evidence,
    EvidenceCopy,
    Setting,
)

Bearer = Evidence | Document

SENT = "evidence_sent"
"""The local state that counts what was sent since something began to wait."""


def _given_up(kind: type[Bearer]) -> ColumnElement[bool]:
    """A record that was discarded here before the server had it."""
    return and_(kind.deleted.is_(True), kind.revision == 0)


def settings_with_unsent(connection: Connection) -> set[str]:
    """The settings with bytes that the server is not known to hold, refused ones included; a
    document of a provider or contract keeps each of its settings here."""
    unsent = EvidenceCopy.held_at.is_(None)
    documents = select(Document.provider_id, Document.contract_id).join(
        EvidenceCopy, EvidenceCopy.sha256 == Document.sha256
    )
    waiting = documents.where(unsent).subquery()
    queries = [
        *(
            select(kind.setting_id)
            .join(EvidenceCopy, EvidenceCopy.sha256 == kind.sha256)
            .where(unsent, kind.setting_id.is_not(None))
            for kind in BYTES_NAMED_BY
        ),
        select(Setting.id).where(Setting.provider_id.in_(select(waiting.c.provider_id))),
        select(ContractSetting.setting_id).where(
            ContractSetting.contract_id.in_(select(waiting.c.contract_id))
        ),
    ]
    found = (id_ for query in queries for id_ in connection.execute(query).scalars())
    return {id_ for id_ in found if id_ is not None}


def count_waiting(connection: Connection) -> tuple[int, int, int]:
    """How many photos and documents wait to be sent, how many there are in all since something
    began to wait, and how many the server refused."""
    unsent = EvidenceCopy.held_at.is_(None)
    refused = EvidenceCopy.refused_code.is_not(None)
    waiting, aside = (
        connection.execute(select(func.count()).select_from(EvidenceCopy).where(unsent, which))
        for which in (~refused, refused)
    )
    left = waiting.scalar_one()
    sent = read_states(connection).get(SENT) or 0
    return left, left + sent, aside.scalar_one()


def read_copies(connection: Connection, here: Set[str]) -> list[Copy]:
    """Every copy the device knows of; `here` are the hashes of the files."""
    rows = connection.execute(
        select(
            EvidenceCopy.sha256,
            EvidenceCopy.size,
            EvidenceCopy.held_at,
            EvidenceCopy.refused_code,
            EvidenceCopy.used_at,
            _named(lambda kind: kind.revision > 0).label("ready"),
            _named(lambda kind: kind.deleted.is_(False)).label("wanted"),
        )
    )
    return [
        Copy(
            sha256=row.sha256,
            size=row.size,
            here=row.sha256 in here,
            held=row.held_at is not None,
            refused=row.refused_code is not None,
            ready=bool(row.ready),
            wanted=bool(row.wanted),
            used_at=row.used_at,
        )
        for row in rows
    ]


def adopt(connection: Connection, here: Set[str], now: datetime) -> set[str]:
    """Let files that a record names but no copy does wait to be sent, as after a rescue.

    Returns the files that neither names.
    """
    known = set(connection.execute(select(EvidenceCopy.sha256)).scalars())
    strange = here - known
    named = {
        row.sha256: row.size
        for kind in BYTES_NAMED_BY
        for row in connection.execute(
            select(kind.sha256, kind.size).where(kind.sha256.in_(sorted(strange)), ~_given_up(kind))
        )
    }
    for sha256, size in named.items():
        note(connection, sha256, size, now)
    return strange - named.keys()


def note(
    connection: Connection, sha256: str, size: int, now: datetime, held_at: datetime | None = None
) -> None:
    """Write down that these bytes are here now: held by the server, or waiting to be sent. So do
    bytes that it held once and that are added again, since it may have tidied them away; one that
    has them still says so at once."""
    mine = EvidenceCopy.sha256 == sha256
    if connection.execute(select(EvidenceCopy.sha256).where(mine)).first() is None:
        values = {"sha256": sha256, "size": size, "held_at": held_at, "used_at": now}
        connection.execute(insert(EvidenceCopy).values(**values, sent=0, tries=0))
    else:
        connection.execute(update(EvidenceCopy).where(mine).values(used_at=now, held_at=held_at))


def change(connection: Connection, sha256: str, **values: Any) -> None:
    """Write what became of a copy."""
    connection.execute(update(EvidenceCopy).where(EvidenceCopy.sha256 == sha256).values(**values))


def held(connection: Connection, sha256: str, now: datetime) -> None:
    """The server holds these bytes now. The count of sent ones starts anew when none waits."""
    change(
        connection,
        sha256,
        held_at=now,
        upload_id=None,
        **NOT_REFUSED,
    )
    waiting, total, _ = count_waiting(connection)
    sent = total - waiting + 1 if waiting else 0
    write_states(connection, read_states(connection), {SENT: sent})


def give_up(connection: Connection, sha256: str) -> None:
    """Let the bytes go that nothing but discarded evidence names: the server never had them."""
    others = or_(
        *(exists().where(kind.sha256 == sha256, ~_given_up(kind)) for kind in BYTES_NAMED_BY)
    )
    unsent = EvidenceCopy.sha256 == sha256, EvidenceCopy.held_at.is_(None)
    connection.execute(delete(EvidenceCopy).where(*unsent, ~others))


def offer_again(connection: Connection) -> None:
    """Let everything that the server refused be sent again."""
    again = {**NOT_REFUSED, "upload_id": None, "tries": 0}
    aside = EvidenceCopy.refused_code.is_not(None)
    connection.execute(update(EvidenceCopy).where(aside).values(**again))


def offer_all_again(connection: Connection, user_id: str) -> None:
    """Let all bytes of this user's evidence be sent again: the server may have lost them. One that
    holds them still says so at once."""
    mine = or_(
        *(
            EvidenceCopy.sha256.in_(select(kind.sha256).where(kind.created_by == user_id))
            for kind in BYTES_NAMED_BY
        )
    )
    again = {"held_at": None, "upload_id": None, "sent": 0, "tries": 0}
    connection.execute(update(EvidenceCopy).where(mine).values(**again))


def forget(connection: Connection, hashes: Iterable[str]) -> None:
    """Forget copies whose bytes have left the device."""
    connection.execute(delete(EvidenceCopy).where(EvidenceCopy.sha256.in_(list(hashes))))


def _named(condition: Callable[[type[Bearer]], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether a record that meets the condition names the bytes."""
    return or_(
        *(
            exists().where(kind.sha256 == EvidenceCopy.sha256, condition(kind))
            for kind in BYTES_NAMED_BY
        )
    )


def set_aside(connection: Connection, sha256: str, problem: VisitappError) -> None:
    """Keep why the server refused bytes; they are not sent again until a person asks."""
    change(
        connection,
        sha256,
        refused_code=problem.code,
        refused_text=problem.english(),
        refused_explanation=msgspec.to_builtins(explanation_of(problem)),
        upload_id=None,
    )
