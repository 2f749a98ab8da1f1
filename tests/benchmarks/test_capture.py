"""What change capture costs: the same work in a transaction with it and without."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy.orm import Session

from tests.support.desk.made import a_setting, a_visit, an_answer
from visitapp.records import Answer
from visitapp.records.ids import answer_id
from visitapp.storage.database import Database, open_device, utc_now

ANSWERS = 60
Open = Callable[[], AbstractContextManager[Session]]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_device(tmp_path, os.urandom(32))
    with opened.transaction("officer-1") as session:
        session.add_all([a_setting(id="home"), a_visit("home", id="visit")])
        session.add(an_answer("home", "visit", "kept"))
    yield opened
    opened.close()


@pytest.fixture(params=["captured", "bare"])
def opening(request: pytest.FixtureRequest, database: Database) -> Open:
    if request.param == "captured":
        return lambda: database.transaction("officer-1")
    return database.applying


@pytest.mark.benchmark(group="one answer edited")
def test_editing_one_answer(benchmark: BenchmarkFixture, opening: Open) -> None:
    numbers = count()

    def edit() -> None:
        with opening() as session:
            session.get_one(Answer, answer_id("visit", "kept")).note = f"{next(numbers)}"

    benchmark(edit)
    assert benchmark.stats["median"] < 0.05


@pytest.mark.benchmark(group=f"a visit of {ANSWERS} answers")
def test_adding_the_answers_of_a_visit(benchmark: BenchmarkFixture, opening: Open) -> None:
    visits = count()

    def add() -> None:
        visit = f"visit-{next(visits)}"
        stamps = {"created_at": utc_now(), "created_by": "officer-1"}
        with opening() as session:
            session.add(a_visit("home", id=visit, **stamps))
            session.flush()
            session.add_all(
                an_answer("home", visit, f"q{n}", value="met", **stamps) for n in range(ANSWERS)
            )

    benchmark(add)
    assert benchmark.stats["median"] < 0.5
