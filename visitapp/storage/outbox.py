"""What waits to be sent, folded: one row for each record until it is put into a batch.

A row that waits takes in later changes of its record: a created one stays `created`, an edited
one keeps for each field the value and the revision from before its first edit. Whatever folds in
lifts a refusal, so that the changed record is offered to the server again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from visitapp.records import NOT_REFUSED, Outbox

_IDS_AT_ONCE = 500

AGAIN = "*"
"""In the fields of a created row: the server had the record before it was put back from a copy, and
lost what came after the revision that this mark has as its base."""


class Created(NamedTuple):
    """A new record."""

    kind: str
    record_id: str
    setting_id: str | None


class Edited(NamedTuple):
    """A record that changed. `base` is the server revision it reflects; `changes` has for each
    field its old and new wire values."""

    kind: str
    record_id: str
    setting_id: str | None
    base: int
    changes: dict[str, tuple[Any, Any]]


# Built once: the cost of one saved answer is mostly that of building its statements.
_INSERT = insert(Outbox)
_LISTED = select(
    Outbox.sequence, Outbox.kind, Outbox.record_id, Outbox.created, Outbox.fields, Outbox.batch
).where(
    Outbox.kind.in_(bindparam("kinds", expanding=True)),
    Outbox.setting_id.is_not_distinct_from(bindparam("setting")),
    Outbox.record_id.in_(bindparam("ids", expanding=True)),
)
_FOLD = (
    update(Outbox)
    .where(Outbox.sequence == bindparam("at_sequence"))
    .values(
        fields=bindparam("all_fields"),
        changed_at=bindparam("now"),
        **NOT_REFUSED,
    )
)


def queue(
    connection: Connection, created: Sequence[Created], edited: Sequence[Edited], now: datetime
) -> None:
    """Queue changes in the transaction of `connection`, folding them into what waits already.

    A field that is on its way keeps its base: what the server answers to that says whether the
    record's own revision has been seen of it.
    """
    waiting: dict[tuple[str, str], Row[Any]] = {}
    away: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in _listed(connection, edited):
        if row.batch is None:
            waiting[row.kind, row.record_id] = row
        else:
            away[row.kind, row.record_id].append(row)
    rows = [_row(*one, created=True, fields={}, now=now) for one in created]
    folded: list[dict[str, Any]] = []
    for one in edited:
        there, sent = waiting.get((one.kind, one.record_id)), away[one.kind, one.record_id]
        fields = {
            name: {"old": old, "base": _base_of(name, sent, one.base)}
            for name, (old, _) in one.changes.items()
        }
        if there is None:
            rows.append(_row(*one[:3], created=False, fields=fields, now=now))
        else:
            kept = there.fields if there.created else {**fields, **there.fields}
            folded.append({"at_sequence": there.sequence, "all_fields": kept, "now": now})
    if folded:
        connection.execute(_FOLD, folded)
    if rows:
        connection.execute(_INSERT, rows)


def created_on(fields: Mapping[str, Any]) -> int:
    """The revision that a created row is on top of, by its fields: 0 unless it is sent again."""
    return int(fields.get(AGAIN, {}).get("base", 0))


def _base_of(field: str, away: Sequence[Row[Any]], base: int) -> int:
    """The base of a field's edit: that of the row on its way that has it, else `base`."""
    for row in reversed(away):
        if field in row.fields:
            return int(row.fields[field]["base"])
    return next((created_on(row.fields) for row in away if row.created), base)


def _listed(connection: Connection, edited: Sequence[Edited]) -> Iterator[Row[Any]]:
    """The rows of these records, in a batch or not."""
    of_settings: dict[str | None, list[Edited]] = defaultdict(list)
    for one in edited:
        of_settings[one.setting_id].append(one)
    for setting, all_of_it in of_settings.items():
        for start in range(0, len(all_of_it), _IDS_AT_ONCE):
            some = all_of_it[start : start + _IDS_AT_ONCE]
            kinds = list({one.kind for one in some})
            ids = [one.record_id for one in some]
            asked = {"kinds": kinds, "setting": setting, "ids": ids}
            yield from connection.execute(_LISTED, asked).all()


def _row(
    kind: str,
    record_id: str,
    setting_id: str | None,
    *,
    created: bool,
    fields: dict[str, Any],
    now: datetime,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "record_id": record_id,
        "setting_id": setting_id,
        "created": created,
        "fields": fields,
        "changed_at": now,
    }
