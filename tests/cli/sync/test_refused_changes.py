"""`visitapp sync` when the server refuses: the reason is read, the cause mended, and it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk.pictures import jpeg
from tests.support.terminal.commands import Council, Terminal
from visitapp.cli.sync.connection import _photos
from visitapp.services.views.sync import SyncReport

Answers = dict[str, dict[str, Any]]
Write = Callable[..., Path]
LATE = "Typed too late."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    council = Council(f"sqlite:///{tmp_path_factory.mktemp('server') / 'server.db'}")
    council.add_user("olive", "officer", "north")
    council.add_user("lee", "lead", "north")
    with council.serving() as url:
        yield url


def joined(device: Terminal, server: str, name: str) -> Terminal:
    """The device with somebody signed in on it and everything received."""
    device.json("connect", server, "--user", name, "--password-stdin", stdin=f"{name}\n")
    device.json("sync")
    return device


@pytest.fixture
def laptop(
    terminal: Terminal, visit: str, complete: Answers, write: Write, tmp_path: Path, server: str
) -> Terminal:
    """Olive's other device, where she wrote a note and added a photo after she signed off."""
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    joined(terminal, server, "olive")
    laptop = joined(Terminal(tmp_path / "laptop"), server, "olive")
    terminal.json("visits", "sign-off", visit)
    terminal.json("sync")
    note = {"referrals": {"value": "not_met", "note": LATE}}
    laptop.json("visits", "answers", visit, write("late.json", note))
    photo = ("--question", "referrals", "--file", write("lock.jpg", jpeg(80, 60)))
    laptop.json("visits", "evidence", "add", visit, *photo)
    return laptop


def test_a_refused_change_is_read_mended_and_sent_again(
    laptop: Terminal, terminal: Terminal, visit: str, tmp_path: Path, server: str
) -> None:
    said = laptop("sync").out.splitlines()
    report = laptop.json("sync")
    assert {one["kind"] for one in report["refused"]} == {"answer", "evidence"}
    assert (report["photos_sent"], report["photos_waiting"]) == (0, 1)
    assert "Photos: 1 waiting." in said
    for one in report["refused"]:
        assert "signed off" in one["text"]
        assert f"  refused {one['kind']} {one['id']}: {one['text']}" in said

    lead = joined(Terminal(tmp_path / "lead"), server, "lee")
    lead.json("visits", "return", visit, "--comment", "Add what you wrote.")
    lead.json("sync")
    assert len(laptop.json("sync")["refused"]) == 2, "nothing goes again unasked"
    again = laptop("sync", "--resend").out
    assert "0 refused." in again
    assert "Photos: 1 sent." in again
    terminal.json("sync")
    assert terminal.json("visits", "show", visit)["answers"]["referrals"]["note"] == LATE


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, []),
        ({"photos_sent": 3, "photos_waiting": 2}, ["Photos: 3 sent, 2 waiting."]),
        ({"photos_fetched": 4, "photos_refused": 1}, ["Photos: 4 received, 1 refused."]),
    ],
)
def test_what_is_said_of_photos(counts: dict[str, int], said: list[str]) -> None:
    nothing = {"sent": 0, "accepted": 0, "merged": 0, "conflicts": 0, "received": 0, "revision": 1}
    assert _photos(SyncReport(refused=[], **nothing, **counts)) == said
