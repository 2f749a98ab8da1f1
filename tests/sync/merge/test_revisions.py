"""Revisions with several writers: a reader's cursor never passes a change that comes later."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Sequence, insert, select
from sqlalchemy.schema import CreateSequence

from sync.server.records.revisions import Revisions, current
from sync.server.sync.pages import Span, read_page
from sync.tables import table_of
from tests.support.sync.council import Council
from visitapp.records import Action, Provider, Role, new_id
from visitapp.rules.access import Actor

AT = datetime(2026, 11, 22, tzinfo=UTC)
READER = Actor("reader", "manager")
NAIVE = Sequence("naive_revision")

Take = Callable[[Connection], int]


def locked(connection: Connection) -> int:
    """How the server takes a revision."""
    return Revisions(connection, 1).take()


def naive(connection: Connection) -> int:
    """How one would without thinking: a sequence."""
    return int(connection.execute(NAIVE.next_value()).scalar_one())


def add_provider(connection: Connection, revision: int) -> str:
    id_ = new_id()
    values: dict[str, Any] = {"id": id_, "name": "Acorn", "revision": revision, "deleted": False}
    values |= {"regulator": "", "number": "", "created_by": "x", "field_revisions": {}}
    connection.execute(insert(table_of(Provider)).values(**values, created_at=AT))
    return id_


@pytest.fixture
def on_postgres(request: pytest.FixtureRequest, any_council: Council) -> Council:
    if any_council.database.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer")
    with any_council.database.applying() as session:
        session.connection().execute(CreateSequence(NAIVE))
    return any_council


def seen_by_a_reader_between(council: Council, take: Take, visible: Callable[[], int]) -> set[str]:
    """One writer takes a revision and dawdles; another takes the next one and commits at once; a
    reader pages meanwhile, and again when all is done. Returns the providers it has been given."""
    took, commit = threading.Event(), threading.Event()
    written: list[str] = []

    def slow() -> None:
        with council.database.applying() as session:
            revision = take(session.connection())
            took.set()
            assert commit.wait(60)
            written.append(add_provider(session.connection(), revision))

    def quick() -> None:
        with council.database.applying() as session:
            written.append(add_provider(session.connection(), take(session.connection())))

    first, second = threading.Thread(target=slow), threading.Thread(target=quick)
    first.start()
    assert took.wait(60)
    second.start()
    # The naive second writer gets through while the first dawdles; the locked one has to wait.
    second.join(0.5)
    seen, cursor = read(council, 0, visible())
    commit.set()
    first.join(60)
    second.join(60)
    after, _ = read(council, cursor, visible())
    assert len(written) == 2
    return (seen | after) & set(written)


def read(council: Council, cursor: int, upto: int) -> tuple[set[str], int]:
    with council.database.reading() as session:
        page = read_page(session.connection(), READER, Span(after=cursor, upto=upto))
    return {record.id for record in page.records}, page.cursor


def counter(council: Council) -> int:
    with council.database.reading() as session:
        return current(session.connection())[1]


def highest(council: Council) -> int:
    with council.database.reading() as session:
        revisions = session.scalars(select(Provider.revision)).all()
    return max(revisions, default=0)


def test_a_reader_misses_nothing_between_two_writers(on_postgres: Council) -> None:
    seen = seen_by_a_reader_between(on_postgres, locked, lambda: counter(on_postgres))
    assert len(seen) == 2


def test_a_sequence_would_lose_a_change(on_postgres: Council) -> None:
    """The test above can fail: with a sequence the slow writer's change is missed."""
    seen = seen_by_a_reader_between(on_postgres, naive, lambda: highest(on_postgres))
    assert len(seen) == 1


def test_many_writers_and_a_reader(any_council: Council) -> None:
    devices = [any_council.officer(name) for name in ("ann", "ben", "cat", "dan")]
    any_council.user("may", Role.MANAGER)
    may = any_council.device("may")
    may.sync()
    stop = threading.Event()
    failures: list[BaseException] = []

    def write(device: Any) -> None:
        try:
            setting = device.setting(device.name)
            for number in range(6):
                device.action(setting, f"Action {number}")
                device.sync()
        except BaseException as error:
            failures.append(error)

    def follow() -> None:
        try:
            while not stop.is_set():
                may.sync()
        except BaseException as error:
            failures.append(error)

    writers = [threading.Thread(target=write, args=(device,)) for device in devices]
    reader = threading.Thread(target=follow)
    for thread in (*writers, reader):
        thread.start()
    for thread in writers:
        thread.join(60)
    stop.set()
    reader.join(60)
    assert failures == []
    may.sync()
    there = any_council.all(Action)
    assert len(there) == 24
    assert len({action.revision for action in there}) == 24
    assert {a.id: a.revision for a in may.all(Action)} == {a.id: a.revision for a in there}
