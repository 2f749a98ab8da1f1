"""Sync against the floor: a share of a council's year, pushed and pulled, and the small rounds.

The year: 1,000 settings, 1,200 visits each with 60 answers with notes, 7,200 actions; 81,400 rows.
A tenth of it is measured here over loopback HTTP. Each time is the processor time of both sides and
the wall clock; the ratio is ours to the floor's.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import insert

from sync.client.transport import HttpTransport
from sync.tables import table_of
from tests.support.council import KEY, Council, Device
from tests.support.http_server import http_server, serving
from tests.support.postgres import fresh_database, postgres_server
from tests.support.sync_floor import (
    Floor,
    Rows,
    device,
    insert_rows,
    on_postgresql,
    on_sqlite,
    packed,
    unpacked,
    with_tables,
)
from visitapp.records import Action, Answer, Role, Setting, Synced, Visit, new_id
from visitapp.records.ids import answer_id
from visitapp.storage.outbox import Created, queue

SETTINGS, VISITS, ANSWERS, ACTIONS = 100, 120, 60, 6
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
WORDS = [
    "the",
    "manager",
    "showed",
    "us",
    "records",
    "of",
    "care",
    "and",
    "staff",
    "were",
    "kind",
    "lunch",
    "was",
    "hot",
    "bells",
    "were",
    "answered",
]

Kept = dict[type[Synced], list[dict[str, Any]]]


class Bench:
    """A council over HTTP, its officer's device full of work, and a floor beside it."""

    def __init__(self, folder: Path, url: str, floor: Floor, stack: ExitStack) -> None:
        self.council = Council(folder, url)
        stack.callback(self.council.close)
        address = stack.enter_context(http_server(self.council.server))

        def over_http() -> HttpTransport:
            link = HttpTransport(address)
            stack.callback(link.close)
            return link

        self.council.transport = over_http
        self.floor = floor
        self.floor_address = stack.enter_context(serving(floor))
        self.folder = folder


@pytest.fixture(params=["sqlite", "postgresql"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with ExitStack() as stack:
        if request.param == "sqlite":
            url, floor = f"sqlite:///{tmp_path}/server.db", on_sqlite(tmp_path / "floor.db")
        else:
            cluster = stack.enter_context(postgres_server())
            url, floor = fresh_database(cluster), on_postgresql(fresh_database(cluster))
        yield Bench(tmp_path, url, floor, stack)


def test_a_tenth_of_the_year(bench: Bench) -> None:
    ann, lee = bench.council.officer("ann"), bench.council.lead("lee")
    work = recorded(ann.user_id)
    count = fill(ann, work)
    rows = as_rows(work)
    bench.floor.make_tables(rows)
    body = packed(rows)

    floor_push = timed(lambda: requests.post(bench.floor_address, data=body, timeout=120))
    push = timed(ann.sync)
    with_tables(device(bench.folder / "bare.db", KEY), rows)

    def floor_reverse() -> None:
        answer = requests.get(bench.floor_address, params=",".join(rows), timeout=120)
        insert_rows(device(bench.folder / "bare.db", KEY), unpacked(answer.content), "?")

    floor_pull = timed(floor_reverse)
    pull = timed(lee.sync)
    assert ann.outbox() == []
    assert len(lee.all(Answer)) == VISITS * ANSWERS
    say(f"push of {count} rows", push, floor_push)
    say(f"pull of {count} rows", pull, floor_pull)


def test_small_rounds(bench: Bench) -> None:
    bench.council.user("ann", Role.OFFICER)
    here, there = bench.council.device("ann"), bench.council.device("ann")
    actions = [here.action(here.setting()) for _ in range(20)]
    here.sync()
    there.sync()
    both_ways, nothing = [], []
    for turn in range(15):
        for index, action in enumerate(actions):
            (here if index % 2 else there).edit(Action, action, owner=f"Turn {turn}")
        here.sync()
        both_ways.append(timed(there.sync)[0])
        here.sync()
        nothing.append(timed(here.sync)[0])
    for name, times in (("20 changes", both_ways), ("nothing to do", nothing)):
        report(f"\na round with {name}: median {statistics.median(times) * 1000:.1f} ms")


def report(line: str) -> None:
    """Say a measurement where `make bench` shows it."""
    sys.stdout.write(line + "\n")


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and processor seconds."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def say(what: str, ours: tuple[float, float], floor: tuple[float, float]) -> None:
    wall, processor = (mine / bare for mine, bare in zip(ours, floor, strict=True))
    report(
        f"\n{what}: {ours[0]:.2f} s, floor {floor[0]:.2f} s; "
        f"{wall:.1f} x the floor by the clock, {processor:.1f} x by processor time"
    )


def recorded(user_id: str) -> Kept:
    """What an officer recorded in a tenth of a year."""
    chance = random.Random(20261122)
    base = {"created_at": MOMENT, "created_by": user_id, "deleted": False}

    def note() -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(8, 24)))

    kept: Kept = {Setting: [], Visit: [], Answer: [], Action: []}
    settings = [new_id() for _ in range(SETTINGS)]
    for number, id_ in enumerate(settings):
        held = {"officer_id": user_id, "team": "East", "service_type": "residential"}
        kept[Setting].append({**base, **held, "id": id_, "name": f"Invented House {number}"})
    for number in range(VISITS):
        visit, setting = new_id(), settings[number % SETTINGS]
        mine = {**base, "setting_id": setting, "visit_id": visit}
        form = {"form_id": "short", "form_version": "1", "purpose": "annual", "status": "draft"}
        day = {"visited_on": date(2026, 10, 1), "officer_id": user_id}
        kept[Visit].append({**base, **form, **day, "id": visit, "setting_id": setting})
        for question in (f"q{index}" for index in range(ANSWERS)):
            given = {"question": question, "value": "met", "note": note()}
            kept[Answer].append({**mine, **given, "id": answer_id(visit, question)})
        for _ in range(ACTIONS):
            due = {"due_on": date(2026, 12, 1), "priority": "medium", "status": "open"}
            kept[Action].append({**mine, **due, "id": new_id(), "title": note()[:100]})
    return kept


def fill(to: Device, work: Kept) -> int:
    """Put the work on a device as if it had been recorded there; the number of rows."""
    with to.database.applying() as session:
        connection = session.connection()
        for kind, rows in work.items():
            marks = {"revision": 0, "field_revisions": {}}
            connection.execute(insert(table_of(kind)), [{**row, **marks} for row in rows])
            name = str(kind.__tablename__)
            news = [Created(name, r["id"], r.get("setting_id", r["id"])) for r in rows]
            queue(connection, news, [], MOMENT)
    return sum(len(rows) for rows in work.values())


def as_rows(work: Kept) -> Rows:
    """The same rows for the floor: texts, the id first."""
    return {
        f"floor_{kind.__tablename__}": [
            [row["id"], *(str(value) for name, value in row.items() if name != "id")]
            for row in rows
        ]
        for kind, rows in work.items()
    }
