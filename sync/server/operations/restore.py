"""Putting a server back from a backup: checked whole first, then into an empty database at once.

The restored server never gives out a revision that the lost one may have given out: its counter
goes on from the seconds since 1970 times a million, far above any other. `lost_after` tells a
device that has seen revisions which this server does not hold.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import msgspec
import zstandard
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Table,
    func,
    insert,
    select,
    text,
    update,
)

from sync.server.audit.log import Audit, AuditEvent, at_server
from sync.server.operations.backup import (
    FORMAT,
    HEAD_BYTES,
    MAGIC,
    Header,
    SealedHeader,
    TableLine,
    is_empty,
)
from sync.server.records.restorations import RESTORED_FROM
from sync.tables import table_of
from visitapp.errors import BadFile, Code, Refused
from visitapp.given_files import open_given
from visitapp.language import message
from visitapp.records import Base, Counter, Instant, NoticeState, OutgoingMail, Restoration
from visitapp.storage.database import open_server, utc_now
from visitapp.storage.engines import defer_references
from visitapp.storage.migrations import SHIPPED

_PER_SECOND = 10**6
_AT_ONCE = 500
_PIECE = 1024 * 1024
_LONGEST_LINE = 256 * 1024 * 1024


def checked(path: Path) -> Header:
    """The header of a backup after its every byte and row was checked.

    Raises BadFile: FILE_MISSING, FILE_UNKNOWN when it is no backup, FILE_UNREADABLE when it is cut
    or altered, DATABASE_NEWER or DATABASE_OLDER when another version of the program made it.
    """
    header = _header(path)
    for _ in _batches(path, header):
        pass
    return header


def restore(path: Path, url: str, clock: Callable[[], datetime] = utc_now, by: str = "") -> Header:
    """Fill the empty database at `url` from a backup; the audit log notes who gave the command.

    Raises BadFile as `checked` does, before anything is touched, and Refused ALREADY_THERE when the
    database holds something.
    """
    header = checked(path)
    database = open_server(url, clock)
    try:
        with database.applying() as session:
            connection = session.connection()
            if not is_empty(connection):
                raise Refused(
                    Code.ALREADY_THERE,
                    message(
                        "There is already something in this database, so nothing was restored."
                    ),
                    message("Give an empty database."),
                )
            defer_references(connection)
            for table, rows in _batches(path, header):
                connection.execute(insert(table), rows)
            _restart_sequences(connection)
            _begin_anew(connection, header, clock, by)
    finally:
        database.close()
    return header


def _begin_anew(
    connection: Connection, header: Header, clock: Callable[[], datetime], by: str
) -> None:
    now = clock()
    first = max(int(now.timestamp()) * _PER_SECOND, RESTORED_FROM, header.revision + 1)
    connection.execute(
        insert(Restoration).values(after=header.revision, upto=first - 1, restored_at=now)
    )
    connection.execute(update(Counter).values(revision=first))
    waiting = OutgoingMail.state == NoticeState.WAITING
    connection.execute(
        update(table_of(OutgoingMail)).where(waiting).values(state=NoticeState.HELD.value)
    )
    detail = {"after": header.revision, "first": first, "sha256": header.sha256}
    Audit(clock).record(connection, AuditEvent.SERVER_RESTORED, at_server(by), detail)


def _restart_sequences(connection: Connection) -> None:
    """Let PostgreSQL number new rows above those that were put in with their numbers."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            last = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, last, text("false"))))


def _header(path: Path) -> Header:
    try:
        with open_given(path) as file:
            block = file.read(HEAD_BYTES)
    except OSError:
        raise BadFile(
            Code.FILE_MISSING,
            message("There is no such file, or it cannot be read."),
            file=str(path),
        ) from None
    if not block.startswith(MAGIC):
        raise BadFile(
            Code.FILE_UNKNOWN, message("This is not a backup of a server."), file=str(path)
        )
    try:
        sealed = msgspec.json.decode(block[len(MAGIC) :], type=SealedHeader)
        version = msgspec.json.decode(sealed.header, type=_Format).format
        if version != FORMAT:
            raise _other_version(path, version > FORMAT)
        header = msgspec.json.decode(sealed.header, type=Header)
    except msgspec.MsgspecError:
        raise _spoiled(path) from None
    if hashlib.sha256(sealed.header).hexdigest() != sealed.sha256 or len(block) != HEAD_BYTES:
        raise _spoiled(path)
    if header.schema != SHIPPED.head:
        raise _other_version(path, header.schema not in SHIPPED.revisions)
    return header


class _Format(msgspec.Struct):
    format: int


def _batches(path: Path, header: Header) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """The rows of a backup, some hundred of a table at a time. Raises BadFile when the file proves
    spoiled, at the latest after the last."""
    counts: dict[str, int] = {}
    table: Table | None = None
    rows: list[dict[str, Any]] = []
    decode = _row_decoder(Base.metadata.sorted_tables[0])
    names: list[str] = []
    try:
        for line in _lines(path, header):
            if line.startswith(b"{"):
                if table is not None and rows:
                    yield table, rows
                told = msgspec.json.decode(line, type=TableLine)
                table, names, rows = Base.metadata.tables[told.table], told.columns, []
                decode = _row_decoder(table)
                counts[told.table] = 0
                if names != [column.name for column in table.columns]:
                    raise _spoiled(path)
                continue
            if table is None:
                raise _spoiled(path)
            rows.append(dict(zip(names, decode.decode(line), strict=True)))
            counts[table.name] += 1
            if len(rows) == _AT_ONCE:
                yield table, rows
                rows = []
    except (msgspec.MsgspecError, KeyError, ValueError, zstandard.ZstdError):
        raise _spoiled(path) from None
    if counts != header.counts:
        raise _spoiled(path)
    if table is not None and rows:
        yield table, rows


def _lines(path: Path, header: Header) -> Iterator[bytes]:
    with open_given(path) as file:
        file.seek(HEAD_BYTES)
        if hashlib.file_digest(file, "sha256").hexdigest() != header.sha256:
            raise _spoiled(path)
        file.seek(HEAD_BYTES)
        with zstandard.ZstdDecompressor().stream_reader(file, closefd=False) as packed:
            lines = io.BufferedReader(cast(io.RawIOBase, packed), _PIECE)
            while line := lines.readline(_LONGEST_LINE):
                if not line.endswith(b"\n"):
                    raise _spoiled(path)
                yield line[:-1]


def _row_decoder(table: Table) -> msgspec.json.Decoder[tuple[Any, ...]]:
    kinds = tuple(_python_type(column) for column in table.columns)
    return msgspec.json.Decoder(tuple[kinds])  # type: ignore[valid-type]  # made at run time


def _python_type(column: Column[Any]) -> Any:
    known = {
        Instant: datetime,
        Date: date,
        Boolean: bool,
        Integer: int,
        BigInteger: int,
        LargeBinary: bytes,
        JSON: Any,
    }
    found = known.get(type(column.type), str)
    return found | None if column.nullable and found is not Any else found


def _spoiled(path: Path) -> BadFile:
    return BadFile(
        Code.FILE_UNREADABLE,
        message("This backup is incomplete or was altered. Nothing was changed."),
        message("Use another copy of it, or an older backup."),
        file=str(path),
    )


def _other_version(path: Path, newer: bool) -> BadFile:
    return BadFile(
        Code.DATABASE_NEWER if newer else Code.DATABASE_OLDER,
        message("This backup was made by a newer version of Visitapp. Nothing was changed.")
        if newer
        else message("This backup was made by an older version of Visitapp. Nothing was changed."),
        message("Restore it with the version that made it, then upgrade."),
        file=str(path),
    )
