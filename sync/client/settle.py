"""Settling a batch: what the server said of each change becomes what the device holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, select, update
from sqlalchemy.orm import aliased

from sync.client.outgoing import Sending
from sync.client.rows import python_row
from sync.client.tally import RefusedResult, Tally
from sync.tables import table_of
from sync.wire import Change, Create, Result
from visitapp.errors import Code, LinkProblem
from visitapp.records import KINDS, Outbox, SentBatch

_TABLE = table_of(Outbox)
_ON_TOP: BindParameter[int] = bindparam("server_revision")


class Settlement:
    """The settling of one batch inside one transaction."""

    def __init__(self, connection: Connection, tally: Tally) -> None:
        self._connection = connection
        self._tally = tally

    def settle(self, sending: Sending, results: Sequence[Result]) -> set[str]:
        """Apply the results in order, then forget the batch.

        Returns the settings that this device made and now holds whole. Raises LinkProblem when
        there is not one result for each change.
        """
        changes = sending.batch().changes
        if len(changes) != len(results):
            raise LinkProblem(
                Code.NOT_A_SERVER, "The server's answer does not fit what was sent to it."
            )
        later = self._later_rows(sending.id)
        revisions: dict[str, dict[str, int]] = defaultdict(dict)
        made: set[str] = set()
        for change, result in zip(changes, results, strict=True):
            self._tally.by_status[result.status] += 1
            if result.status == "refused":
                self._set_aside(sending.id, change, result, later)
                continue
            revisions[change.kind][change.id] = result.revision
            for row in later.get((change.kind, change.id), ()):
                self._rebase(row, change, result)
            if result.record is not None:
                self._take(change, result, later.get((change.kind, change.id), ()))
            elif change.kind == "setting" and isinstance(change, Create):
                made.add(change.id)
        self._mark(revisions)
        self._connection.execute(delete(Outbox).where(Outbox.batch_id == sending.id))
        self._connection.execute(delete(SentBatch).where(SentBatch.id == sending.id))
        return made

    def _later_rows(self, batch_id: str) -> dict[tuple[str, str], list[Row[Any]]]:
        """Outbox rows of the batch's records that were written after it was made."""
        sent = aliased(Outbox)
        rows = self._connection.execute(
            select(_TABLE)
            .join(sent, (sent.kind == _TABLE.c.kind) & (sent.record_id == _TABLE.c.record_id))
            .where(sent.batch_id == batch_id, _TABLE.c.batch_id.is_(None))
            .distinct()
        )
        later: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
        for row in rows:
            later[row.kind, row.record_id].append(row)
        return later

    def _set_aside(
        self,
        batch_id: str,
        change: Change,
        result: Result,
        later: dict[tuple[str, str], list[Row[Any]]],
    ) -> None:
        """Put a refused change back into the outbox with its reason.

        A record that was edited since is offered again, as one change with its refused part.
        """
        self._tally.refused.append(RefusedResult(change.kind, change.id, result.code, result.text))
        created = isinstance(change, Create)
        for row in self._connection.execute(
            select(_TABLE).where(
                Outbox.batch_id == batch_id,
                Outbox.kind == change.kind,
                Outbox.record_id == change.id,
                Outbox.created == created,
            )
        ).all():
            if not isinstance(change, Create) and not change.edits.keys() <= row.fields.keys():
                continue
            back: dict[str, Any] = {
                "batch_id": None,
                "refused_code": result.code,
                "refused_text": result.text,
            }
            edited_since = later.pop((change.kind, change.id), [])
            if edited_since:
                fields = {n: mark for old in edited_since for n, mark in old.fields.items()}
                back["refused_code"] = back["refused_text"] = None
                back["fields"] = row.fields if created else {**fields, **row.fields}
                gone = [old.sequence for old in edited_since]
                self._connection.execute(delete(Outbox).where(Outbox.sequence.in_(gone)))
            self._connection.execute(
                update(Outbox).where(Outbox.sequence == row.sequence).values(back)
            )

    def _rebase(self, row: Row[Any], change: Change, result: Result) -> None:
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

    def _take(self, change: Change, result: Result, later: Sequence[Row[Any]]) -> None:
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
        self._tally.changed[change.kind].add(change.id)

    def _mark(self, revisions: dict[str, dict[str, int]]) -> None:
        """Note at which server revision each record now is."""
        for name, of_kind in revisions.items():
            table = table_of(KINDS[name])
            self._connection.execute(
                update(table).where(table.c.id == bindparam("record")).values(revision=_ON_TOP),
                [{"record": id_, "server_revision": r} for id_, r in of_kind.items()],
            )


def _sent(change: Change) -> dict[str, Any]:
    if isinstance(change, Create):
        return dict(change.values)
    return {field: edit.new for field, edit in change.edits.items()}
