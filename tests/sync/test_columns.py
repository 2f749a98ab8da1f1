"""Columns that the database makes into JSON say the same as the records one by one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from sync.columns import any_decoders, as_array, fields_of, from_wire, in_order, write_rows
from sync.tables import table_of
from sync.wire import by_record
from tests.support.storage.postgres import fresh_database
from tests.support.sync.council import KEY
from visitapp.records import Action, Answer, Setting, Visit, new_id
from visitapp.records.codec import columns, encoders
from visitapp.storage.database import open_device, open_server
from visitapp.storage.engines import defer_references

START = datetime(2026, 11, 22, tzinfo=UTC)
# PostgreSQL takes no NUL in a text; what a device may hold is tested with it.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
device_texts = texts | st.just('a\0b"\\\x1f\u2028🙂')
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    st.booleans() | numbers | texts,
    lambda inner: st.lists(inner | st.none(), max_size=3) | st.dictionaries(texts, inner),
    max_leaves=5,
)
moments = st.timedeltas(timedelta(0), timedelta(days=900)).map(START.__add__)


def answers(some: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """The fields of an answer that a person fills."""
    return st.fixed_dictionaries(
        {
            "question": some,
            "value": st.none() | json_values,
            "checked": st.none() | st.integers(0, 2**31 - 1),
            "note": st.none() | some,
            "source": st.none() | st.dictionaries(texts, json_values, max_size=3),
            "created_at": moments,
            "deleted": st.booleans(),
        }
    )


@pytest.fixture(scope="module", params=["device", "sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """A connection to each kind of database that records are read from; nothing is kept."""
    with tempfile.TemporaryDirectory() as folder:
        if request.param == "device":
            database = open_device(Path(folder), KEY)
        elif request.param == "sqlite":
            database = open_server(f"sqlite:///{folder}/server.db")
        else:
            cluster = request.getfixturevalue("postgres_cluster")
            database = open_server(fresh_database(cluster, lasting=True))
        with database.applying() as session:
            defer_references(session.connection())
            yield session.connection()
            session.rollback()
        database.close()


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_arrays_say_what_each_record_holds(connection: Connection, data: st.DataObject) -> None:
    sqlite = connection.dialect.name == "sqlite"
    filled = data.draw(st.lists(answers(device_texts if sqlite else texts), max_size=6))
    rows = [{**one, "id": new_id(), **_REST} for one in filled]
    with connection.begin_nested() as undone:
        if rows:
            connection.execute(insert(table_of(Answer)), rows)
        assert read(connection, Answer) == one_by_one(connection, Answer)
        undone.rollback()


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_arrays_that_are_written_are_the_same_arrays(
    connection: Connection, data: st.DataObject
) -> None:
    sqlite = connection.dialect.name == "sqlite"
    filled = data.draw(st.lists(answers(device_texts if sqlite else texts), min_size=1, max_size=6))
    rows = [{**one, "id": new_id(), **_REST} for one in filled]
    with connection.begin_nested() as undone:
        connection.execute(insert(table_of(Answer)), rows)
        ids, fields = arrays_of(connection, Answer)
        before = read(connection, Answer)
        connection.execute(table_of(Answer).delete())
        values = from_wire("answer", fields, any_decoders("answer"), len(ids))
        given_too = {"id": ids, "revision": [0] * len(ids), "field_revisions": ["{}"] * len(ids)}
        names = in_order("answer", values.keys() | given_too.keys())
        columns_of = {**values, **given_too}
        write_rows(
            connection, "answer", names, list(zip(*(columns_of[n] for n in names), strict=True))
        )
        assert read(connection, Answer) == before
        undone.rollback()


def test_dates_and_columns_without_a_value(connection: Connection) -> None:
    base = {"created_at": START, "created_by": "u", "deleted": False, "revision": 0}
    of = {**base, "field_revisions": {}, "setting_id": "s"}
    day = date(2026, 2, 28)
    due = {"first_due_on": day, "due_on": day, "priority": "low", "title": "Mend it"}
    with connection.begin_nested() as undone:
        connection.execute(insert(table_of(Action)), [{**of, **due, "id": "a"}])
        fields = arrays_of(connection, Action)[1]
        assert bytes(fields["due_on"]) == b'["2026-02-28"]'
        assert "visit_id" not in fields
        undone.rollback()


@pytest.mark.parametrize("kind", [Answer, Action, Setting, Visit])
def test_no_rows_give_no_arrays(connection: Connection, kind: type[Any]) -> None:
    assert arrays_of(connection, kind) == ([], {})


_REST = {
    "setting_id": "s",
    "visit_id": "v",
    "item": "",
    "created_by": "u",
    "revision": 0,
    "field_revisions": {},
}


def arrays_of(connection: Connection, kind: type[Any]) -> tuple[list[str], dict[str, Any]]:
    """Ids, and the fields that travel, as the database makes them."""
    table, dialect = table_of(kind), connection.dialect.name
    names = tuple(columns(kind))
    asked = (as_array(table.c[name], dialect) for name in ("id", *names))
    ids, *arrays = connection.execute(select(*asked)).one()
    return msgspec.json.decode(ids) if ids else [], fields_of(names, arrays)


def read(connection: Connection, kind: type[Any]) -> dict[str, dict[str, Any]]:
    """By id, the values that are not null, from arrays."""
    ids, fields = arrays_of(connection, kind)
    return dict(zip(ids, by_record(fields, len(ids)), strict=True))


def one_by_one(connection: Connection, kind: type[Any]) -> dict[str, dict[str, Any]]:
    """The same by the codec of single records."""
    encode, known = encoders(kind), columns(kind)
    found = {}
    for row in connection.execute(select(table_of(kind))):
        values = {name: getattr(row, name) for name in known}
        found[row.id] = {
            name: encode[name](value) if name in encode else value
            for name, value in values.items()
            if value is not None
        }
    return found
