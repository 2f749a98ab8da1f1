"""What change capture costs: the same work in a transaction with it and without."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.support.benchmarks.figures import Figure, in_turns, ratios
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


def compare(
    name: str, runs: int, database: Database, work: Callable[[Open], None], times: int
) -> Figure:
    """A transaction with capture to one without."""
    works = [
        partial(work, lambda: database.transaction("officer-1")),
        partial(work, database.applying),
    ]
    clock, processor = (
        ratios(*in_turns(runs, timer, works, times))
        for timer in (time.perf_counter, time.process_time)
    )
    return Figure(name, "x", clock, processor)


def test_editing_one_answer(database: Database, runs: int, figures: list[Figure]) -> None:
    numbers = count()

    def edit(opening: Open) -> None:
        with opening() as session:
            session.get_one(Answer, answer_id("visit", "kept")).note = f"{next(numbers)}"

    figures.append(compare("an answer edited, to without capture", runs, database, edit, 50))


def test_adding_the_answers_of_a_visit(
    database: Database, runs: int, figures: list[Figure]
) -> None:
    visits = count()

    def add(opening: Open) -> None:
        visit = f"visit-{next(visits)}"
        stamps = {"created_at": utc_now(), "created_by": "officer-1"}
        with opening() as session:
            session.add(a_visit("home", id=visit, **stamps))
            session.flush()
            session.add_all(
                an_answer("home", visit, f"q{n}", value="met", **stamps) for n in range(ANSWERS)
            )

    name = f"{ANSWERS} answers added, to without capture"
    figures.append(compare(name, runs, database, add, 10))
