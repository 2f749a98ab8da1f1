"""One compressed file with everything that a server keeps, the same for both kinds of database.

A first block of fixed size holds the header: a line of JSON with its own SHA-256 and that of what
follows. Then comes zstd: for each table a line with its name and columns, then a line for each row,
all JSON. It is read in one snapshot, so it may be made while the server runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import msgspec
import zstandard
from msgspec import Raw, Struct
from sqlalchemy import Connection, Table, func, select

from sync.server.audit.log import Audit, AuditEvent, at_server
from sync.server.records.revisions import current
from visitapp.errors import BadFile, Code
from visitapp.language import message
from visitapp.records import AuditHead, Base
from visitapp.storage.database import Database
from visitapp.storage.migrations import SHIPPED
from visitapp.storage.whole_file import whole_file

MAGIC = b"VISITAPP BACKUP\n"
FORMAT = 1
HEAD_BYTES = 16 * 1024
"""Bytes of the first block, magic included."""

_STREAMED = {"yield_per": 500}


class Header(Struct, frozen=True, kw_only=True):
    """What a backup says of itself. `schema` is the revision of its tables, `revision` that of the
    last change in it, `sha256` and `size` are of the compressed part."""

    format: int
    schema: str
    server_id: str
    revision: int
    made_at: datetime
    audit_number: int
    audit_hash: str
    counts: dict[str, int]
    sha256: str
    size: int


class SealedHeader(Struct, frozen=True):
    """A header's exact JSON and its SHA-256."""

    header: Raw
    sha256: str


class TableLine(Struct, frozen=True):
    """Which table the next rows are of, and what their values are called."""

    table: str
    columns: list[str]


def write_backup(
    database: Database, path: Path, clock: Callable[[], datetime], by: str = ""
) -> Header:
    """Write everything to `path`, which appears only when it is whole; note it in the audit log,
    with `by`: the account of whoever gave the command.

    Raises BadFile FILE_UNREADABLE when the file cannot be written, ALREADY_THERE when it is there.
    """
    if path.exists():
        raise BadFile(
            Code.ALREADY_THERE,
            message("This file already exists."),
            message("Name a new file."),
            file=str(path),
        )
    try:
        with whole_file(path) as file:
            header = _write(database, file, clock)
    except OSError as error:
        raise BadFile(
            Code.FILE_UNREADABLE,
            message("The backup cannot be written here: {reason}.", reason=error.strerror or error),
            file=str(path),
        ) from error
    with database.applying() as session:
        detail = {"revision": header.revision, "sha256": header.sha256}
        Audit(clock).record(session.connection(), AuditEvent.BACKUP, at_server(by), detail)
    return header


def tables() -> list[Table]:
    """Every table, parents before children."""
    return list(Base.metadata.sorted_tables)


def _write(database: Database, file: BinaryIO, clock: Callable[[], datetime]) -> Header:
    with database.reading() as session:
        connection = session.connection()
        file.write(b" " * HEAD_BYTES)
        counts, body = _write_body(connection, file)
        server_id, revision = current(connection)
        audit = connection.execute(select(AuditHead.number, AuditHead.hash)).one()
        header = Header(
            format=FORMAT,
            schema=SHIPPED.head,
            server_id=server_id,
            revision=revision,
            made_at=clock(),
            audit_number=audit.number,
            audit_hash=audit.hash,
            counts=counts,
            sha256=body.sha256.hexdigest(),
            size=body.size,
        )
        file.seek(0)
        file.write(_block(header))
    return header


def _block(header: Header) -> bytes:
    text = msgspec.json.encode(header)
    sealed = SealedHeader(Raw(text), hashlib.sha256(text).hexdigest())
    return (MAGIC + msgspec.json.encode(sealed)).ljust(HEAD_BYTES - 1) + b"\n"


class _Counting:
    """Writes on, counting and hashing what it writes."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.sha256 = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        self.size += len(data)
        self._file.write(data)
        return len(data)


def _write_body(connection: Connection, file: Any) -> tuple[dict[str, int], _Counting]:
    counting = _Counting(file)
    counts: dict[str, int] = {}
    target = cast(IO[bytes], counting)
    with zstandard.ZstdCompressor(level=3).stream_writer(target, closefd=False) as packed:
        for table in tables():
            name = str(table.name)
            line = TableLine(name, [str(column.name) for column in table.columns])
            packed.write(msgspec.json.encode(line) + b"\n")
            counts[name] = 0
            for row in _rows(connection, table):
                packed.write(row + b"\n")
                counts[name] += 1
    return counts, counting


def _rows(connection: Connection, table: Table) -> Iterator[bytes]:
    ordered = select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(ordered, execution_options=_STREAMED):
        yield msgspec.json.encode(tuple(row))


def is_empty(connection: Connection) -> bool:
    """Whether no table has a row."""
    return all(
        connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
        for table in tables()
    )
