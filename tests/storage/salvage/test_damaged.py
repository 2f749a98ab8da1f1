"""A damaged database: everything on whole pages is read, and nothing ever ends in a traceback."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from visitapp.records import Action, Answer, Outbox, Setting, Visit, new_id
from visitapp.records.ids import answer_id
from visitapp.storage.database import Database, open_device
from visitapp.storage.salvage.cells import LEAF, kind_of, rows
from visitapp.storage.salvage.pages import PAGE, Pages
from visitapp.storage.salvage.tables import DRIVER_ERRORS, SalvagedTables, WholeTables

KEY = bytes(range(32))
OFFICER = "01a20203-5f65-7111-8cf8-cdbeb69ec6d0"
TABLES = ("setting", "visit", "answer", "action", "history", "outbox", "local_state")


def soak(seed: int) -> Any:
    """A seed for `make soak` only."""
    return pytest.param(seed, marks=pytest.mark.soak)


def fill(database: Database, settings: int = 12) -> None:
    """Settings with visits, answers and long notes, and their edits."""
    for number in range(settings):
        with database.transaction(OFFICER) as session:
            setting = Setting(
                id=new_id(),
                name=f"Home {number}",
                service_type="residential",
                officer_id=OFFICER,
                team="East",
            )
            visit = Visit(
                id=new_id(),
                setting_id=setting.id,
                form_id="short",
                form_version="1",
                purpose="annual",
                visited_on=datetime(2026, 11, 22, tzinfo=UTC).date(),
                officer_id=OFFICER,
                form_text="x: " + "long " * 2000 if number == 3 else None,
            )
            session.add_all([setting, visit])
            for question in range(20):
                session.add(
                    Answer(
                        id=answer_id(visit.id, f"q{question}"),
                        setting_id=setting.id,
                        visit_id=visit.id,
                        question=f"q{question}",
                        value="met",
                        note=f"Nóte {number} {question} " * 8,
                    )
                )
            action = Action(
                id=new_id(), setting_id=setting.id, title="Mend it", first_due_on=visit.visited_on
            )
            session.add(action)
        with database.transaction(OFFICER) as session:
            session.get_one(Action, action.id).title = "Mend it soon"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    database = open_device(folder, KEY)
    fill(database)
    database.close()
    return folder / "visitapp.db"


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a crash leaves it: much lies in the log only."""
    live, folder = tmp_path_factory.mktemp("live"), tmp_path_factory.mktemp("crashed")
    database = open_device(live, KEY)
    fill(database, 3)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    fill(database, 3)
    for name in ("visitapp.db", "visitapp.db-wal"):
        shutil.copy(live / name, folder / name)
    database.close()
    return folder / "visitapp.db"


def keyed(rows: Iterable[dict[str, Any]], table: str) -> dict[Any, dict[str, Any]]:
    key = {"outbox": "sequence", "local_state": "name"}.get(table, "id")
    return {row[key]: row for row in rows}


def everything(path: Path) -> dict[str, dict[Any, dict[str, Any]]]:
    tables = WholeTables(path, KEY)
    found = {name: keyed(tables.rows(name), name) for name in TABLES}
    tables.close()
    return found


def leaves_of(path: Path) -> dict[int, str]:
    """The table of every leaf, asked of SQLite itself."""
    tables = SalvagedTables(path, KEY)
    return {n: name for name, numbers in tables._leaves.items() for n in numbers}


@pytest.mark.parametrize("which", ["whole", "crashed"])
def test_pages_say_what_sqlite_says(which: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(which)
    read = SalvagedTables(path, KEY)
    for name, wanted in everything(path).items():
        assert keyed(read.rows(name), name) == wanted, name
    assert read.unread == (0, 0)


def spoil(path: Path, to: Path, pages: Iterable[int]) -> Path:
    raw = bytearray(path.read_bytes())
    for number in pages:
        raw[(number - 1) * PAGE : number * PAGE] = os.urandom(PAGE)
    to.write_bytes(raw)
    log = path.with_name(path.name + "-wal")
    if log.exists():
        shutil.copy(log, to.with_name(to.name + "-wal"))
    return to


def expected(path: Path, spoiled: set[int]) -> dict[str, set[Any]]:
    """The keys of the rows that lie wholly on pages that are not spoiled."""
    tables = SalvagedTables(path, KEY)
    asked: list[int] = []
    read = tables._pages.page

    def noting(number: int) -> bytes | None:
        asked.append(number)
        return read(number)

    tables._pages.page = noting  # type: ignore[method-assign]  # watched, not replaced
    found: dict[str, set[Any]] = {}
    for name in TABLES:
        shape = tables._shapes[name]
        keys = set()
        for number in tables._leaves[name]:
            if number in spoiled:
                continue
            asked.clear()
            page = read(number)
            assert page is not None
            for row in rows(page, number, noting):
                assert row is not None
                if not spoiled & set(asked):
                    keys |= keyed([shape.named(row)], name).keys()
                asked.clear()
        found[name] = keys
    return found


@pytest.mark.parametrize("seed", [*range(10), *(soak(n) for n in range(10, 300))])
def test_everything_on_whole_pages_is_read(whole: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    count = whole.stat().st_size // PAGE
    some = {chance.randint(1, count) for _ in range(chance.choice([1, 1, 2, 5, 20, count // 2]))}
    damaged = spoil(whole, tmp_path / "visitapp.db", some)
    before = damaged.read_bytes()
    read = SalvagedTables(damaged, KEY)
    full = everything(whole)
    for name, keys in expected(whole, some).items():
        got = keyed(read.rows(name), name)
        assert keys <= got.keys(), (name, some)
        assert all(full[name][key] == row for key, row in got.items()), name
    if 1 not in some:
        # Without the first page nothing tells how many leaves the lost branches had.
        assert read.unread.pages >= len(some & leaves_of(whole).keys())
    assert damaged.read_bytes() == before


@pytest.mark.parametrize("page", [1, 2, 3])
def test_the_first_pages_are_not_needed(whole: Path, tmp_path: Path, page: int) -> None:
    damaged = spoil(whole, tmp_path / "visitapp.db", {page})
    read = SalvagedTables(damaged, KEY)
    full = everything(whole)
    for name in ("setting", "visit", "answer", "action", "outbox"):
        assert keyed(read.rows(name), name) == full[name], name


def test_every_inner_page_may_be_gone(whole: Path, tmp_path: Path) -> None:
    pages = Pages(whole, KEY)
    inner = {
        n
        for n in range(2, pages.count + 1)
        if (page := pages.page(n)) is not None and kind_of(page, n) == 5
    }
    assert inner
    read = SalvagedTables(spoil(whole, tmp_path / "visitapp.db", {1, *inner}), KEY)
    full = everything(whole)
    for name in ("setting", "visit", "answer", "action", "history", "outbox"):
        assert keyed(read.rows(name), name) == full[name], name


@pytest.mark.parametrize("seed", [*range(6), *(soak(n) for n in range(6, 200))])
def test_a_cut_file_gives_what_is_left(whole: Path, tmp_path: Path, seed: int) -> None:
    raw = whole.read_bytes()
    cut = random.Random(seed).randrange(len(raw))
    path = tmp_path / "visitapp.db"
    path.write_bytes(raw[:cut])
    lost = set(range(cut // PAGE + 1, len(raw) // PAGE + 1))
    read = SalvagedTables(path, KEY)
    for name, keys in expected(whole, lost).items():
        assert keys <= keyed(read.rows(name), name).keys(), (name, cut)


@pytest.mark.parametrize("seed", [*range(5), *(soak(n) for n in range(5, 200))])
def test_a_spoiled_log_gives_what_it_still_says(crashed: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "visitapp.db"
    shutil.copy(crashed, path)
    log = bytearray(crashed.with_name("visitapp.db-wal").read_bytes())
    for _ in range(chance.randint(1, 4)):
        log[chance.randrange(len(log))] ^= 0xFF
    path.with_name("visitapp.db-wal").write_bytes(log)
    read = SalvagedTables(path, KEY)
    full = everything(crashed)
    got = {name: keyed(read.rows(name), name) for name in TABLES}
    assert len(got["answer"]) >= len(full["answer"]) - 40
    assert got["setting"].keys() <= full["setting"].keys()


def test_sqlite_refuses_what_the_pages_still_give(whole: Path, tmp_path: Path) -> None:
    """The reason for all this: the ordinary way stops at the first spoiled page."""
    answers = [n for n, name in leaves_of(whole).items() if name == "answer"]
    damaged = spoil(whole, tmp_path / "visitapp.db", {answers[0]})
    with pytest.raises(DRIVER_ERRORS):
        everything(damaged)
    read = SalvagedTables(damaged, KEY)
    assert len(list(read.rows("answer"))) > 0.8 * len(everything(whole)["answer"])


def test_rows_that_were_sent_do_not_come_back(tmp_path: Path) -> None:
    """What is freed keeps its old bytes; the list of free pages says that they mean nothing."""
    database = open_device(tmp_path, KEY)
    fill(database)
    with database.applying() as session:
        session.execute(text("DELETE FROM outbox WHERE sequence > 20"))
    database.close()
    path = tmp_path / "visitapp.db"
    answers = [n for n, name in leaves_of(path).items() if name == "answer"]
    read = SalvagedTables(spoil(path, tmp_path / "damaged.db", {answers[0]}), KEY)
    assert len(list(read.rows(Outbox.__tablename__))) == 20


def test_another_key_reads_nothing(whole: Path) -> None:
    read = SalvagedTables(whole, bytes(32))
    assert [list(read.rows(name)) for name in TABLES] == [[] for _ in TABLES]


def test_the_pages_of_the_test_are_what_they_seem(whole: Path) -> None:
    pages = Pages(whole, KEY)
    assert pages.sealed
    assert pages.count == whole.stat().st_size // PAGE > 100
    assert sum(kind_of(pages.page(n) or b"\0" * 200, n) == LEAF for n in range(1, pages.count)) > 30
