"""What was acknowledged is there: after kill -9, on a full disk, beside other processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from tests.support.desk.made import a_setting, a_visit, an_answer
from tests.support.desk.mortals import Mortal, script
from visitapp.errors import Code, EnvironmentProblem
from visitapp.records import Answer, History, Outbox, Setting
from visitapp.storage.database import Database, open_device

ANSWERING = """
import sys
from itertools import count
from pathlib import Path
from tests.support.desk.made import an_answer
from visitapp.records import Answer
from visitapp.records.ids import answer_id
from visitapp.storage.database import open_device

database = open_device(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
for number in count():
    with database.transaction("officer-1") as session:
        kept = session.get(Answer, answer_id("visit", f"q{number % 50}"))
        if kept is None:
            session.add(an_answer("home", "visit", f"q{number % 50}", note=str(number)))
        else:
            kept.note = str(number)
    print(number, flush=True)
"""


def prepared(folder: Path, key: bytes) -> None:
    database = open_device(folder, key)
    with database.transaction("officer-1") as session:
        session.add_all([a_setting(id="home"), a_visit("home", id="visit")])
    database.close()


@pytest.mark.parametrize("acknowledged", [1, 30, 120])
def test_kill_9_while_answering_loses_nothing_acknowledged(
    tmp_path: Path, key: bytes, acknowledged: int
) -> None:
    prepared(tmp_path, key)
    with Mortal(script, ANSWERING, tmp_path, key.hex()) as process:
        for _ in range(acknowledged):
            last = int(process.stdout.readline())
        process.kill()
        for line in process.stdout:
            last = int(line)
    database = open_device(tmp_path, key)
    with database.reading() as session:
        notes = {int(answer.note or 0) for answer in session.scalars(select(Answer))}
        answers = session.scalar(select(func.count()).select_from(Answer)) or 0
        waiting = session.scalars(select(Outbox.record_id).where(Outbox.kind == "answer")).all()
        changes = session.scalar(select(func.count()).select_from(History))
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    assert max(notes) in (last, last + 1)
    assert notes == set(range(max(notes) - answers + 1, max(notes) + 1))
    assert len(waiting) == len(set(waiting)) == answers
    assert changes == max(notes) + 1 - answers
    database.close()


def test_a_full_disk_says_so_and_keeps_what_was_saved(device: Database) -> None:
    with device.transaction("officer-1") as session:
        session.add_all([a_setting(id="home"), a_visit("home", id="visit")])
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
    device.engine.dispose()
    with device.reading() as session:
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages:d}")
    with (
        pytest.raises(EnvironmentProblem) as refused,
        device.transaction("officer-1") as session,
    ):
        session.add(an_answer("home", "visit", "q1", note="x" * 500_000))
    assert refused.value.code == Code.DISK_FULL
    with device.reading() as session:
        assert session.get(Setting, "home") is not None
        assert session.scalars(select(Answer)).all() == []
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
    with device.transaction("officer-1") as session:
        session.add(an_answer("home", "visit", "q1", note="x" * 500_000))


WRITING = """
import sys
from pathlib import Path
from tests.support.desk.made import a_setting
from visitapp.records import Setting
from visitapp.storage.database import open_device

database = open_device(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
for number in range(25):
    with database.transaction("officer-1") as session:
        beds = session.get_one(Setting, "home")
        beds.beds = (beds.beds or 0) + 1
database.close()
"""


def test_processes_that_write_together_lose_no_update(tmp_path: Path, key: bytes) -> None:
    prepared(tmp_path, key)
    command = [sys.executable, "-c", WRITING, str(tmp_path), key.hex()]
    running = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    database = open_device(tmp_path, key)
    with database.reading() as session:
        assert session.get_one(Setting, "home").beds == 50
        assert session.scalar(select(func.count()).select_from(History)) == 50
    database.close()


def test_reading_goes_on_while_another_writes(device: Database) -> None:
    with device.transaction("officer-1") as session:
        session.add(a_setting(id="home"))
    with device.transaction("officer-1") as writing, device.reading() as reading:
        writing.get_one(Setting, "home").name = "Larkfield"
        writing.flush()
        assert reading.get_one(Setting, "home").name == "Willowmere House"
    with device.reading() as reading:
        assert reading.get_one(Setting, "home").name == "Larkfield"


def test_only_notes_are_left_to_the_next_flush(tmp_path: Path, key: bytes) -> None:
    normal, full = 1, 2
    database = open_device(tmp_path, key)
    flushes = text("PRAGMA synchronous")
    for _ in range(2):
        with database.noting() as connection:
            assert connection.execute(flushes).scalar() == normal
        with database.applying() as session:
            assert session.execute(flushes).scalar() == full
    with database.noting() as connection:
        assert connection.execute(flushes).scalar() == normal
    with database.transaction("officer-1") as session:
        assert session.execute(flushes).scalar() == full
    database.close()
