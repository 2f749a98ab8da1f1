"""Reading the audit chain: whether it is whole, and who did what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, select

from sync.server.accounts.names import user_called
from sync.server.audit.log import BEGINNING, seal
from sync.tables import table_of
from visitapp.records import SYNCED, AuditEntry, AuditHead, User
from visitapp.records.codec import moment_to_wire

_STREAMED = {"yield_per": 1000}


class Head(Struct, frozen=True):
    """The last entry: what to keep elsewhere, so that a cut end is found."""

    number: int
    hash: str


class Verdict(Struct, frozen=True):
    """Whether the chain is whole; if not, the number of the first bad entry and what is wrong."""

    head: Head
    bad: int | None = None
    why: str = ""


class Listed(Struct, frozen=True):
    """One entry, for people and programs."""

    number: int
    at: str
    user: str
    device: str
    request: str
    what: str
    detail: dict[str, Any]


def verify(connection: Connection, known: Head | str | None = None) -> Verdict:
    """Check every entry, the head, and that an entry that was known before is still there.

    known: a head that was kept elsewhere, whole or only its hash.
    """
    last = Head(0, BEGINNING)
    met = known is None or known in (last, last.hash)
    for entry in _entries(connection):
        why = _fault(entry, last)
        if why:
            number = min(entry.number, last.number + 1)
            return Verdict(last, number, why)
        last = Head(entry.number, entry.hash)
        met = met or known in (last, last.hash)
    return _ending(connection, last, met, known)


def _ending(connection: Connection, last: Head, met: bool, known: Head | str | None) -> Verdict:
    head = connection.execute(select(AuditHead.number, AuditHead.hash)).one_or_none()
    if head is None or (head.number, head.hash) != (last.number, last.hash):
        return Verdict(last, last.number + 1, "The entries end before the head that is kept.")
    if met:
        return Verdict(last)
    bad = known.number if isinstance(known, Head) else last.number + 1
    return Verdict(last, bad, "The entry that was noted elsewhere is not in this log.")


def listed(
    connection: Connection,
    user: str | None = None,
    setting_id: str | None = None,
    since: datetime | None = None,
) -> Iterator[Listed]:
    """The entries, oldest first: of a user (by sign-in name), that touch a setting, from a moment.

    Raises NotFound for a name that nobody has.
    """
    names = {user.id: user.name for user in connection.execute(select(User.id, User.name))}
    wanted = select(AuditEntry.__table__).order_by(AuditEntry.number)
    if user is not None:
        wanted = wanted.where(AuditEntry.user_id == user_called(connection, user).id)
    if since is not None:
        wanted = wanted.where(AuditEntry.at >= moment_to_wire(since))
    touched = None if setting_id is None else _records_of(connection, setting_id)
    for entry in connection.execute(wanted, execution_options=_STREAMED):
        detail = msgspec.json.decode(entry.detail, type=dict[str, Any])
        if touched is None or not touched.isdisjoint(_named(detail)):
            yield Listed(
                number=entry.number,
                at=entry.at,
                user=names.get(entry.user_id, entry.user_id),
                device=entry.device_id,
                request=entry.request_id,
                what=entry.what,
                detail=detail,
            )


def _entries(connection: Connection) -> Iterator[Row[Any]]:
    ordered = select(AuditEntry.__table__).order_by(AuditEntry.number)
    return iter(connection.execute(ordered, execution_options=_STREAMED))


def _fault(entry: Row[Any], last: Head) -> str:
    """What is wrong with the entry that follows `last`; empty when nothing is."""
    if entry.number > last.number + 1:
        return f"Entry {last.number + 1} is missing."
    if entry.number <= last.number:
        return f"Entry {entry.number} is before the first."
    if entry.previous != last.hash:
        return f"Entry {entry.number} does not follow the one before it."
    if entry.hash != seal(entry._asdict()):
        return f"Entry {entry.number} was altered."
    return ""


def _records_of(connection: Connection, setting_id: str) -> set[str]:
    """The ids of a setting and of every record that belongs to it."""
    ids = {setting_id}
    for kind in SYNCED:
        table = table_of(kind)
        if "setting_id" in table.c:
            mine = select(table.c.id).where(table.c.setting_id == setting_id)
            ids.update(connection.execute(mine).scalars())
    return ids


def _named(detail: Any) -> Iterator[str]:
    """Every text in a detail, however deep."""
    if isinstance(detail, str):
        yield detail
    elif isinstance(detail, list):
        for part in detail:
            yield from _named(part)
    elif isinstance(detail, dict):
        yield from _named(list(detail.values()))
