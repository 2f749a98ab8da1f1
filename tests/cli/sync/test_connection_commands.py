"""`visitapp connect`, `sync` and `conflicts`, against a real server process."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.directory.cqc import LARCH, write_cqc
from tests.support.terminal.commands import Council, Terminal


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that knows the officer Olive."""
    council = Council(f"sqlite:///{tmp_path_factory.mktemp('server') / 'server.db'}")
    council.add_user("olive", "officer", "north")
    with council.serving() as url:
        yield url


@pytest.fixture
def nobody() -> str:
    """An address where no server listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def connect(terminal: Terminal, url: str, password: str = "olive") -> object:
    return terminal.json(
        "connect", url, "--user", "olive", "--password-stdin", stdin=f"{password}\n"
    )


def test_sync_before_connecting_is_refused(terminal: Terminal) -> None:
    assert "not connected" in terminal("sync", "--json").refusal


def test_connecting_hands_earlier_work_to_the_account(terminal: Terminal, server: str) -> None:
    person = connect(terminal, server)
    assert isinstance(person, dict)
    assert (person["name"], person["role"], person["team"]) == ("olive", "officer", "north")
    report = terminal.json("sync")
    assert set(report) == {
        *("sent", "accepted", "merged", "conflicts", "refused", "received", "revision"),
        *("photos_sent", "photos_fetched", "photos_waiting", "photos_refused"),
    }
    assert (report["sent"], report["accepted"], report["refused"]) == (2, 2, [])
    assert terminal.json("sync")["sent"] == 0
    said = terminal("sync").out
    assert "Sent 0" in said
    assert "Photos" not in said


def test_a_wrong_password_is_refused_and_changes_nothing(terminal: Terminal, server: str) -> None:
    refused = terminal("connect", server, "--user", "olive", "--password-stdin", stdin="oliver\n")
    assert refused.refusal
    assert "oliver" not in refused.err
    assert "not connected" in terminal("sync").refusal


def test_a_server_that_is_not_there_is_said_in_one_line(terminal: Terminal, nobody: str) -> None:
    args = ("connect", nobody, "--user", "olive", "--password-stdin")
    assert terminal(*args, stdin="olive\n").refusal
    assert "https://" in terminal("connect", "elsewhere", *args[2:], stdin="olive\n").refusal


def test_conflicts_are_listed_and_unknown_ones_refused(terminal: Terminal) -> None:
    assert terminal.json("conflicts", "list") == []
    assert terminal("conflicts", "list", "--all").out == "No conflicts.\n"
    assert "nowhere" in terminal("conflicts", "settle", "nowhere", "--keep", "mine").refusal
    assert terminal("conflicts", "settle", "nowhere", "--keep", "both").status == 2


def test_a_clash_between_two_devices_is_settled_by_a_person(tmp_path: Path, server: str) -> None:
    office, laptop = Terminal(tmp_path / "office"), Terminal(tmp_path / "laptop")
    for device in (office, laptop):
        connect(device, server)
    office.json("import", write_cqc(tmp_path / "cqc.csv"))
    setting = office.json("settings", "add", LARCH.location_id)["id"]
    visit = office.json("visits", "start", setting, "--form", "residential-quality")["id"]
    action = office.json("actions", "add", visit, "--title", "Train", "--due", "2026-12-01")["id"]
    office.json("sync")
    laptop.json("sync")
    office.json("actions", "update", action, "--set", "due_on=2026-12-05", "--reason", "x")
    laptop.json("actions", "update", action, "--set", "due_on=2026-12-09", "--reason", "x")
    office.json("sync")
    assert laptop.json("sync")["conflicts"] == 1
    assert "Action “Train”, due date (open)" in laptop("conflicts", "list").out
    (conflict,) = laptop.json("conflicts", "list")
    settled = laptop.json("conflicts", "settle", conflict["id"], "--keep", "theirs")
    assert settled["status"] == "settled"
    assert laptop.json("actions", "list")[0]["due_on"] == "2026-12-05"
    assert laptop.json("conflicts", "list") == []
    assert laptop.json("sync")["refused"] == []
    assert "already" in laptop("conflicts", "settle", conflict["id"], "--keep", "mine").refusal
    assert len(laptop.json("conflicts", "list", "--all")) == 1


def test_a_sync_leaves_a_line_in_the_log_with_counts_and_no_words(
    terminal: Terminal, server: str
) -> None:
    connect(terminal, server)
    terminal.json("sync")
    log = (terminal.data_dir / "logs" / "visitapp.log").read_text(encoding="utf-8")
    (line,) = [line for line in log.splitlines() if "sync-finished" in line]
    assert " INFO sync-finished sent=2 " in line
    assert "refused=0" in line
    assert re.search(r"milliseconds=\d+$", line)
    assert "olive" not in log.casefold()
    assert LARCH.name not in log


def test_a_sync_that_was_stopped_leaves_the_code_of_its_problem(
    terminal: Terminal, server: str, tmp_path: Path
) -> None:
    council = Council(f"sqlite:///{tmp_path / 'server.db'}")
    council.add_user("olive", "officer", "north")
    with council.serving() as url:
        connect(terminal, url)
    assert terminal("sync").refusal
    log = (terminal.data_dir / "logs" / "visitapp.log").read_text(encoding="utf-8")
    assert "WARNING sync-stopped code=server-unreachable milliseconds=" in log
    assert url not in log
