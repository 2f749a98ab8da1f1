"""Applying records that came from the server, without touching what waits to be sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from functools import cache
from itertools import compress, repeat
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, bindparam, func, select

from sync.client.round.emptying import leave_nothing
from sync.client.round.rows import among, listed, server_too_new, wire_rows
from sync.client.round.steps import apply_waiting_steps
from sync.client.round.sync_summary import Tally
from sync.columns import any_decoders, change_rows, from_wire, in_order, write_rows
from sync.tables import table_of
from sync.wire import Group
from visitapp.errors import Code, LinkProblem
from visitapp.language import message
from visitapp.records import KINDS, Outbox
from visitapp.records.codec import columns
from visitapp.records.declared import ROOTS

Pending = dict[str, frozenset[str]]
"""By record id, the fields that wait to be sent and so keep the device's value."""


class _Arrived:
    """Records of one kind, column by column, as the database takes them."""

    def __init__(
        self, kind: str, ids: list[str], revisions: list[int], fields: dict[str, list[Any]]
    ) -> None:
        self.kind = kind
        self.ids = ids
        self.revisions = revisions
        self.fields = fields

    def only(self, wanted: Sequence[bool]) -> _Arrived:
        """Those records that are wanted; `wanted` says it of each."""
        if all(wanted):
            return self
        return _Arrived(
            self.kind,
            list(compress(self.ids, wanted)),
            list(compress(self.revisions, wanted)),
            {name: list(compress(values, wanted)) for name, values in self.fields.items()},
        )

    def deleted(self) -> list[str]:
        """The ids of those that are tombstones."""
        return list(compress(self.ids, self.fields.get("deleted", ())))

    def rows(self, names: Iterable[str], **other: Iterable[Any]) -> list[tuple[Any, ...]]:
        """The values of these columns, record by record; null for a field that none has."""
        given: dict[str, Iterable[Any]] = {
            **self.fields,
            "id": self.ids,
            "revision": self.revisions,
            **other,
        }
        missing = [None] * len(self.ids)
        return list(zip(*(given.get(name, missing) for name in names), strict=True))


class Incoming:
    """The applying of pages inside one transaction. `agree` is asked before records that are here
    are marked deleted in numbers."""

    def __init__(self, connection: Connection, tally: Tally, agree: Callable[[int], None]) -> None:
        self._connection = connection
        self._tally = tally
        self._agree = agree

    def apply(
        self, groups: Sequence[Group], held: Set[str] | None = None, *, again: bool = False
    ) -> None:
        """Write the records that are newer than what is here, parents before children; nothing
        when `agree` raises.

        held: the settings, providers and contracts that the device holds whole; when given, records
        of others are left out: those of one that only just joined come with its catching up,
        parents first. again: records of the same revision are written too, because the role that
        they were sent to before did not see all of their fields.
        """
        if any(group.kind not in KINDS for group in groups):
            raise server_too_new()
        all_arrived = [_placed(g, held) for name in KINDS for g in groups if g.kind == name]
        self._ask_about_deletions(all_arrived)
        for arrived in all_arrived:
            self._apply(arrived, again)

    def _apply(self, arrived: _Arrived, again: bool) -> None:
        here = self._here(arrived)
        new = arrived.only([id_ not in here for id_ in arrived.ids])
        newer = arrived.only(
            [
                id_ in here and revision + again > here[id_][0]
                for id_, revision in zip(arrived.ids, arrived.revisions, strict=True)
            ]
        )
        if new.ids:
            self._insert(new)
        if newer.ids:
            self._update(newer)
            apply_waiting_steps(self._connection, newer.kind, newer.ids)
            leave_nothing(self._connection, newer.kind, newer.deleted())
        self._tally.received += len(new.ids) + len(newer.ids)
        self._tally.changed[arrived.kind].update(new.ids, newer.ids)

    def _here(self, arrived: _Arrived) -> dict[str, tuple[int, bool]]:
        """Revision and deletion of those records that are here."""
        found = self._connection.execute(_marks(arrived.kind), listed(arrived.ids))
        return {id_: (revision, deleted) for id_, revision, deleted in found}

    def _ask_about_deletions(self, all_arrived: Sequence[_Arrived]) -> None:
        """Ask before anything is written, so that a page that is declined leaves no trace."""
        dying = 0
        for arrived in all_arrived:
            deleted = arrived.fields.get("deleted", [])
            if any(deleted):
                here = self._here(arrived)
                going = compress(zip(arrived.ids, arrived.revisions, strict=True), deleted)
                dying += sum(_would_die(here.get(id_), revision) for id_, revision in going)
        if dying:
            self._tally.tombstones += dying
            self._agree(self._tally.tombstones)

    def _insert(self, new: _Arrived) -> None:
        names = in_order(new.kind, {*new.fields, "id", "revision", "field_revisions"})
        rows = new.rows(names, field_revisions=repeat("{}", len(new.ids)))
        write_rows(self._connection, new.kind, names, rows)

    def _update(self, newer: _Arrived) -> None:
        pending = self._pending(newer.kind, newer.ids)
        keeps = [pending.get(id_, frozenset()) for id_ in newer.ids]
        for keep in set(keeps):
            alike = newer.only([kept == keep for kept in keeps])
            names = [n for n in (*columns(KINDS[newer.kind]), "revision") if n not in keep]
            change_rows(self._connection, newer.kind, names, alike.rows((*names, "id")))

    def _pending(self, name: str, ids: list[str]) -> Pending:
        if self._connection.execute(_ANY_WAITS).scalar() is None:
            return {}
        fields: dict[str, set[str]] = defaultdict(set)
        created: list[str] = []
        for row in self._connection.execute(_WAITING, {"kind": name, **listed(ids)}):
            fields[row.record_id].update(row.fields)
            if row.created:
                created.append(row.record_id)
        if created:
            for id_, wire in wire_rows(self._connection, KINDS[name], created):
                fields[id_].update(wire)
        return {id_: frozenset(names) for id_, names in fields.items()}


def _would_die(here: tuple[int, bool] | None, revision: int) -> bool:
    """Whether a tombstone of this revision is news of a record that is here and alive."""
    return here is not None and not here[1] and revision > here[0]


_ANY_WAITS = select(func.max(Outbox.sequence))
_WAITING = select(Outbox.record_id, Outbox.created, Outbox.fields).where(
    Outbox.kind == bindparam("kind"), among(Outbox.record_id)
)


@cache
def _marks(kind: str) -> Select[str, int, bool]:
    """Id, revision and deletion of records."""
    table = table_of(KINDS[kind])
    return select(table.c.id, table.c.revision, table.c.deleted).where(among(table.c.id))


_PARENTS = ROOTS.keys() - {"setting"}
"""What a setting that the device holds may refer to, before it is held whole itself."""


def _placed(group: Group, held: Set[str] | None) -> _Arrived:
    """The group's records, of settings in `held` or of none when that is given.

    Raises EnvironmentProblem SERVER_TOO_NEW when they have a field that this program does not know,
    and LinkProblem when they are not what a server sends.
    """
    try:
        decoders = any_decoders(group.kind)
        if not group.fields.keys() <= decoders.keys():
            raise server_too_new()
        fields = from_wire(group.kind, group.fields, decoders, len(group.ids))
        arrived = _Arrived(group.kind, group.ids, group.revisions, fields)
        if held is None or group.kind in _PARENTS:
            return arrived
        return arrived.only([id_ is None or id_ in held for id_ in group.belongs_to])
    except (msgspec.MsgspecError, ValueError) as error:
        raise LinkProblem(Code.NOT_A_SERVER, message("The server sent invalid records.")) from error
