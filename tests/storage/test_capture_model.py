"""Change capture against a simple model, over random lives of a handful of records.

The model keeps, for each record, its fields and the rows that wait, as plain dicts, and knows the
folding rule of `records.device.Outbox` in a few lines. Hypothesis makes, edits, sends, settles,
refuses and rolls back in any order, and after each step the database must say the same.
"""

from __future__ import annotations

import tempfile
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from tests.support.desk.clocks import HandClock
from tests.support.desk.made import a_setting, an_action
from visitapp.records import Action, History, Outbox
from visitapp.storage.database import Database, open_server

EDITS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Review the plans", "Train the staff", ""]),
        "first_due_on": st.dates(date(2026, 1, 1), date(2026, 1, 3)),
        "detail": st.none() | st.just("Every week."),
        "deleted": st.booleans(),
    },
)


def wire(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _row(record_id: str, *, created: bool) -> dict[str, Any]:
    return {"id": record_id, "created": created, "fields": {}, "batch": None, "no": None}


class Model:
    """What must be there."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {}
        self.revisions: dict[str, int] = {}
        self.rows: list[dict[str, Any]] = []
        self.history: list[tuple[str, str, Any, Any]] = []

    def create(self, record_id: str, fields: dict[str, Any]) -> None:
        self.records[record_id] = {
            "title": "Review the plans",
            "first_due_on": date(2026, 12, 1),
            "detail": None,
            "deleted": False,
        } | fields
        self.revisions[record_id] = 0
        self.rows.append(_row(record_id, created=True))

    def edit(self, record_id: str, fields: dict[str, Any]) -> None:
        record = self.records[record_id]
        changed = {name: new for name, new in fields.items() if record[name] != new}
        if not changed:
            return
        row = next((r for r in self.rows if r["id"] == record_id and r["batch"] is None), None)
        if row is None:
            row = _row(record_id, created=False)
            self.rows.append(row)
        row["no"] = None
        for name, new in changed.items():
            old = wire(record[name])
            if not row["created"]:
                row["fields"].setdefault(name, {"old": old, "base": self.revisions[record_id]})
            self.history.append((record_id, name, old, wire(new)))
            record[name] = new


@cache
def blank() -> bytes:
    """A new database, made once: each life starts from a copy of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.db"
        open_server(f"sqlite:///{path}").close()
        return path.read_bytes()


class Capture(RuleBasedStateMachine):
    """One device and its model."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "model.db"
        path.write_bytes(blank())
        self.database: Database = open_server(f"sqlite:///{path}", HandClock())
        with self.database.transaction("officer-1") as session:
            session.add(a_setting(id="home"))
        self.model = Model()
        self.batches = 0

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    @rule(fields=EDITS)
    def create(self, fields: dict[str, Any]) -> None:
        record_id = f"action-{len(self.model.records)}"
        with self.database.transaction("officer-1") as session:
            session.add(an_action("home", id=record_id, **fields))
        self.model.create(record_id, fields)

    @precondition(lambda self: self.model.records)
    @rule(data=st.data(), fields=EDITS, flushed=st.booleans())
    def edit(self, data: st.DataObject, fields: dict[str, Any], flushed: bool) -> None:
        record_id = data.draw(st.sampled_from(sorted(self.model.records)))
        with self.database.transaction("officer-1") as session:
            record = session.get_one(Action, record_id)
            for name, value in fields.items():
                setattr(record, name, value)
                if flushed:
                    session.flush()
        self.model.edit(record_id, fields)

    @precondition(lambda self: self.model.records)
    @rule(data=st.data(), fields=EDITS)
    def edit_and_fail(self, data: st.DataObject, fields: dict[str, Any]) -> None:
        record_id = data.draw(st.sampled_from(sorted(self.model.records)))
        try:
            with self.database.transaction("officer-1") as session:
                record = session.get_one(Action, record_id)
                for name, value in fields.items():
                    setattr(record, name, value)
                session.flush()
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass

    @rule()
    def send(self) -> None:
        """Put everything that waits into a batch, as the planner does."""
        self.batches += 1
        with self.database.applying() as session:
            for row in session.scalars(select(Outbox).where(Outbox.batch.is_(None))):
                row.batch = self.batches
        for waiting in self.model.rows:
            waiting["batch"] = waiting["batch"] or self.batches

    @rule(refused=st.booleans())
    def settle(self, refused: bool) -> None:
        """The server answered what was sent: accepted ones go and their records move on."""
        with self.database.applying() as session:
            for row in session.scalars(select(Outbox).where(Outbox.batch.is_not(None))):
                pending = any(
                    r["id"] == row.record_id and r["batch"] is None for r in self.model.rows
                )
                if refused and not pending:
                    row.batch, row.refused_code = None, "bad-value"
                    continue
                session.delete(row)
                if row.kind == "action":
                    session.get_one(Action, row.record_id).revision = self.batches
        kept = []
        for waiting in deepcopy(self.model.rows):
            pending = any(r["id"] == waiting["id"] and r["batch"] is None for r in self.model.rows)
            if waiting["batch"] is None:
                kept.append(waiting)
            elif refused and not pending:
                kept.append({**waiting, "batch": None, "no": "bad-value"})
            else:
                self.model.revisions[waiting["id"]] = self.batches
        self.model.rows = kept

    @invariant()
    def the_rows_are_those_of_the_model(self) -> None:
        with self.database.reading() as session:
            rows = session.scalars(
                select(Outbox).where(Outbox.kind == "action").order_by(Outbox.sequence)
            ).all()
        assert [
            {
                "id": row.record_id,
                "created": row.created,
                "fields": row.fields,
                "batch": row.batch,
                "no": row.refused_code,
            }
            for row in rows
        ] == self.model.rows

    @invariant()
    def the_history_is_that_of_the_model(self) -> None:
        with self.database.reading() as session:
            lines = session.scalars(select(History)).all()
        found = [(line.record_id, line.field, line.old, line.new) for line in lines]
        assert sorted(found, key=repr) == sorted(self.model.history, key=repr)


Capture.TestCase.settings = settings(max_examples=20, stateful_step_count=15)
TestCapture = Capture.TestCase
