"""Logs: useful lines, of bounded size, for their owner alone, and nothing that a person wrote."""

from __future__ import annotations

import logging
import stat
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from tests.support.desk.made import a_setting, an_action
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Action
from visitapp.storage import logs
from visitapp.storage.database import Database
from visitapp.storage.logs import JsonLines, PlainLines, event, log_to_file, stop_logging_to

MARKER = "MARKER-of-what-an-officer-wrote"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "logs" / "program.log"
    handler = log_to_file(path, "info")
    yield path
    stop_logging_to(handler)


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def test_an_event_is_one_line_with_its_fields(file: Path) -> None:
    event(logging.INFO, "sync-finished", sent=3, received=12, milliseconds=80)
    (line,) = lines(file)
    assert line.endswith("Z INFO sync-finished sent=3 received=12 milliseconds=80")


def test_a_level_keeps_lesser_lines_out(tmp_path: Path) -> None:
    handler = log_to_file(tmp_path / "log", "warning")
    event(logging.INFO, "quiet")
    event(logging.WARNING, "loud")
    stop_logging_to(handler)
    assert [line.split()[-1] for line in lines(tmp_path / "log")] == ["loud"]


def test_no_file_is_made_before_the_first_line(file: Path) -> None:
    assert not file.parent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_log_is_its_owners_after_it_was_rotated_too(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = next(one for one in logging.getLogger("visitapp").handlers)
    assert isinstance(handler, logs.PrivateRotatingFile)
    monkeypatch.setattr(handler, "maxBytes", 500)
    for number in range(200):
        event(logging.INFO, "line", number=number)
    kept = sorted(file.parent.iterdir())
    assert len(kept) == logs.KEPT_FILES + 1
    assert all(path.stat().st_size <= 500 for path in kept)
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert "number=199" in lines(file)[-1]


def test_a_log_that_cannot_be_written_disturbs_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    handler = log_to_file(tmp_path / "file" / "logs" / "log", "info")
    event(logging.INFO, "lost")
    stop_logging_to(handler)
    assert handler.has_lost_lines
    assert capsys.readouterr().err == ""


def a_fault() -> BaseException:
    """An exception that quotes the marker in every way that one can."""
    try:
        try:
            raise KeyError(MARKER)
        except KeyError as first:
            raise ValueError(f"cannot take {MARKER}") from first
    except ValueError as error:
        error.add_note(MARKER)
        return error


@pytest.mark.parametrize("formatter", [PlainLines(), JsonLines()])
def test_a_fault_is_named_by_class_and_place_and_never_by_its_message(
    formatter: logging.Formatter,
) -> None:
    fault = a_fault()
    record = logging.LogRecord(
        "visitapp", logging.ERROR, "", 0, "bug", None, (type(fault), fault, fault.__traceback__)
    )
    line = formatter.format(record)
    assert "ValueError < KeyError" in line
    assert "test_logs.py:" in line
    assert MARKER not in line


def test_a_problem_of_ours_is_named_by_its_code(file: Path) -> None:
    event(logging.ERROR, "bug", error=Refused(Code.BAD_VALUE, message(MARKER)))
    assert "fault=Refused(bad-value)" in lines(file)[0]
    assert MARKER not in "".join(lines(file))


def breaks_a_rule_of_the_table(database: Database) -> None:
    with database.transaction("officer-1") as session:
        session.add(a_setting(id="home"))
        session.add(an_action("home", title=None, detail=MARKER))


def doubles_a_key(database: Database) -> None:
    for _ in range(2):
        with database.transaction("officer-1") as session:
            session.add(a_setting(id=MARKER, name=MARKER))


def names_a_parent_that_is_not_there(database: Database) -> None:
    with database.transaction("officer-1") as session:
        session.add(an_action(MARKER, detail=MARKER))


def gives_a_value_of_another_kind(database: Database) -> None:
    with database.transaction("officer-1") as session:
        session.add(Action(setting_id="home", title=MARKER, first_due_on=MARKER))


def asks_wrongly(database: Database) -> None:
    with database.reading() as session:
        session.execute(text("SELECT nothing FROM action WHERE title = :title"), {"title": MARKER})


def asks_for_a_number(database: Database) -> None:
    with database.storing() as connection:
        connection.execute(
            text("INSERT INTO local_state (name, value) VALUES (:a, :b)"),
            {"a": [MARKER], "b": date(2026, 1, 1)},
        )


@pytest.mark.parametrize(
    "provoke",
    [
        breaks_a_rule_of_the_table,
        doubles_a_key,
        names_a_parent_that_is_not_there,
        gives_a_value_of_another_kind,
        asks_wrongly,
        asks_for_a_number,
    ],
)
def test_a_fault_of_the_database_shows_no_value(
    database: Database, file: Path, provoke: object
) -> None:
    assert callable(provoke)
    with pytest.raises(Exception, match=r".") as raised:
        provoke(database)
    event(logging.ERROR, "bug", error=raised.value)
    logged = file.read_text(encoding="utf-8")
    assert "fault=" in logged
    assert MARKER not in logged
    json = JsonLines().format(
        logging.LogRecord("visitapp", 40, "", 0, "bug", None, raised._excinfo)
    )
    assert MARKER not in json
    assert msgspec.json.decode(json)["event"] == "bug"
