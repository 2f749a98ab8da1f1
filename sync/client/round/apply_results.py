"""Settling a batch: what the server said of each change becomes what the device holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import (
    Connection,
    Row,
    Text,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    func,
    select,
    update,
)

from sync.client.round.outgoing import Sending
from sync.client.round.rows import python_row
from sync.client.round.steps import apply_waiting_steps
from sync.client.round.sync_summary import RefusedResult, Tally
from sync.results import paired
from sync.tables import once, table_of
from sync.wire import Change, Create, Creates, Result, Single
from visitapp.errors import Code, LinkProblem
from visitapp.language import message
from visitapp.records import (
    KEPT_HERE,
    KINDS,
    NOT_REFUSED,
    History,
    Outbox,
    SentBatch,
    Synced,
)
from visitapp.records.declared import ROOTS, scope_fields

_TABLE = table_of(Outbox)
_SENT = _TABLE.alias()
# Rows that wait are few or many, those of the batch may be 16,000. An expression, not the bare
# column: each row that waits is looked for by its record, not among all of the batch.
_IN_BATCH = exists().where(
    _SENT.c.kind == _TABLE.c.kind,
    _SENT.c.setting_id.is_not_distinct_from(_TABLE.c.setting_id),
    _SENT.c.record_id == _TABLE.c.record_id,
    _SENT.c.batch + 0 == bindparam("number"),
)
_LATER = select(_TABLE).where(_TABLE.c.batch.is_(None), _TABLE.c.created.is_(False), _IN_BATCH)
_HISTORY = table_of(History)
_OF_HISTORY = and_(
    _SENT.c.kind == _HISTORY.c.kind,
    _SENT.c.setting_id.is_not_distinct_from(
        func.coalesce(*(_HISTORY.c[field] for field in scope_fields(History).values()))
    ),
    _SENT.c.record_id == _HISTORY.c.record_id,
)
_ANY_OWN_HISTORY = select(_HISTORY.c.id).where(_HISTORY.c.revision == 0).limit(1)
# Entries of records of the batch of which nothing else waits: neither refused nor edited since.
_SETTLE_HISTORY = (
    update(_HISTORY)
    .values(revision=KEPT_HERE)
    .where(
        _HISTORY.c.revision == 0,
        exists().where(_OF_HISTORY, _SENT.c.batch + 0 == bindparam("number")),
        ~exists().where(_OF_HISTORY, _SENT.c.batch.is_distinct_from(bindparam("number"))),
    )
)
_FORGET = (
    delete(_TABLE).where(_TABLE.c.batch == bindparam("number")),
    delete(table_of(SentBatch)).where(table_of(SentBatch).c.number == bindparam("number")),
)

Rows = dict[tuple[str, str], list[Row[Any]]]
"""Outbox rows by kind and id of their record."""


class Settlement:
    """The settling of one batch inside one transaction."""

    def __init__(self, connection: Connection, tally: Tally) -> None:
        self._connection = connection
        self._tally = tally
        self._revisions: dict[str, dict[str, int]] = defaultdict(dict)
        """By kind and id, at which server revision each record now is."""
        self._sent: Rows | None = None

    def settle(self, sending: Sending, results: Sequence[Result]) -> set[str]:
        """Apply the results in order, then forget the batch.

        Returns the settings, providers and contracts that this device made and now holds whole.
        Raises LinkProblem when there is not one result for each change.
        """
        later = self._later_rows(sending.number)
        made: set[str] = set()
        for change, some in _with_results(sending, results):
            if isinstance(change, Creates):
                made |= self._settle_group(sending.number, change, some, later)
            else:
                self._settle_one(sending.number, change, some[0], later)
        for kind, revisions in self._revisions.items():
            marks = msgspec.json.encode(revisions).decode()
            self._connection.execute(_marking(KINDS[kind]), {"marks": marks})
        if self._connection.execute(_ANY_OWN_HISTORY).first() is not None:
            self._connection.execute(_SETTLE_HISTORY, {"number": sending.number})
        for forgotten in _FORGET:
            self._connection.execute(forgotten, {"number": sending.number})
        return made

    def _settle_group(
        self, number: int, group: Creates, results: Sequence[Result], later: Rows
    ) -> set[str]:
        """The same for new records; returns those that are settings which are held now."""
        edited = any((group.kind, id_) in later for id_ in group.ids) if later else False
        if edited or len(results) != 1 or results[0].status != "accepted":
            results = [
                replace(result, revision=result.revision + n, count=1)
                for result in results
                for n in range(result.count)
            ]
            settled = [
                change.id
                for change, result in zip(group.each(), results, strict=True)
                if self._settle_one(number, change, result, later) and result.record is None
            ]
            return set(settled) if group.kind in ROOTS else set()
        self._tally.by_status["accepted"] += len(group.ids)
        first = results[0].revision
        self._revisions[group.kind] |= {id_: first + n for n, id_ in enumerate(group.ids)}
        return set(group.ids) if group.kind in ROOTS else set()

    def _settle_one(self, number: int, change: Single, result: Result, later: Rows) -> bool:
        """Settle one record's change; false when it was refused."""
        self._tally.by_status[result.status] += 1
        if result.status == "refused":
            self._set_aside(number, change, result, later)
            return False
        for row in later.get((change.kind, change.id), ()):
            self._rebase(row, change, result)
        if result.record is not None:
            self._take(change, result, later.get((change.kind, change.id), ()))
        self._revisions[change.kind][change.id] = result.revision
        return True

    def _later_rows(self, number: int) -> Rows:
        """Outbox rows of the batch's records that were written after it was made: edits, all."""
        return _by_record(self._connection.execute(_LATER, {"number": number}))

    def _sent_rows(self, number: int) -> Rows:
        """The batch's outbox rows by their record, looked for when the first one is refused."""
        if self._sent is None:
            rows = self._connection.execute(select(_TABLE).where(_TABLE.c.batch == number))
            self._sent = _by_record(rows)
        return self._sent

    def _set_aside(self, number: int, change: Single, result: Result, later: Rows) -> None:
        """Put a refused change back into the outbox with its reason.

        A record that was edited since is offered again, as one change with its refused part.
        """
        self._tally.refused.append(RefusedResult(change.kind, change.id, result.code, result.text))
        sent = self._sent_rows(number)[change.kind, change.id]
        for row in [row for row in sent if _is_of(row, change)]:
            sent.remove(row)
            back: dict[str, Any] = {
                "batch": None,
                "refused_code": result.code,
                "refused_text": result.text,
                "refused_explanation": msgspec.to_builtins(result.explanation),
            }
            edited_since = later.pop((change.kind, change.id), [])
            if edited_since:
                fields = {n: mark for old in edited_since for n, mark in old.fields.items()}
                back |= NOT_REFUSED
                back["fields"] = row.fields if row.created else {**fields, **row.fields}
                gone = [old.sequence for old in edited_since]
                self._connection.execute(delete(Outbox).where(Outbox.sequence.in_(gone)))
            self._connection.execute(
                update(Outbox).where(Outbox.sequence == row.sequence).values(back)
            )

    def _rebase(self, row: Row[Any], change: Single, result: Result) -> None:
        """Put a later edit of a field on top of what the server now has of it."""
        fields = dict(row.fields)
        for field, new in _sent(change).items():
            stands = result.record is None or result.record.get(field) == new
            if field in fields and stands:
                fields[field] = {**fields[field], "base": result.revision}
        if fields != row.fields:
            self._connection.execute(
                update(Outbox).where(Outbox.sequence == row.sequence).values(fields=fields)
            )

    def _take(self, change: Single, result: Result, later: Sequence[Row[Any]]) -> None:
        """Take over the server's record, but for the fields that were edited since."""
        kind = KINDS[change.kind]
        pending = {field for row in later for field in row.fields}
        values = {
            field: value
            for field, value in python_row(kind, result.record or {}).items()
            if field not in pending
        }
        self._connection.execute(
            update(table_of(kind)).where(table_of(kind).c.id == change.id).values(values)
        )
        apply_waiting_steps(self._connection, change.kind, [change.id])
        self._tally.changed[change.kind].add(change.id)


@once
def _marking(kind: type[Synced]) -> Update:
    """Give records the revisions of `marks`, a JSON object by id, in one statement."""
    table = table_of(kind)
    given = func.json_each(bindparam("marks", type_=Text())).table_valued("key", "value")
    return update(table).values(revision=given.c.value).where(table.c.id == given.c.key)


def _with_results(sending: Sending, results: Sequence[Result]) -> list[tuple[Change, list[Result]]]:
    try:
        return list(paired(sending.batch().changes, results))
    except ValueError:
        raise LinkProblem(
            Code.NOT_A_SERVER, message("The server's reply does not match the changes sent to it.")
        ) from None


def _by_record(rows: Iterable[Row[Any]]) -> Rows:
    found: Rows = defaultdict(list)
    for row in rows:
        found[row.kind, row.record_id].append(row)
    return found


def _is_of(row: Row[Any], change: Single) -> bool:
    """Whether a change was made of an outbox row of its record."""
    if isinstance(change, Create):
        return bool(row.created)
    return not row.created and change.edits.keys() <= row.fields.keys()


def _sent(change: Single) -> dict[str, Any]:
    if isinstance(change, Create):
        return dict(change.values)
    return {field: edit.new for field, edit in change.edits.items()}
