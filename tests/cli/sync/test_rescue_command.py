"""`visitapp rescue`: unsent work goes from one data folder to another, damaged or not."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk.keyrings import MemoryKeyring
from tests.support.terminal.commands import Terminal

PAGE = 4096


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISITAPP_RESCUE_PASSPHRASE", "a rescue passphrase")


@pytest.fixture
def worked(terminal: Terminal, visit: str, complete: dict[str, Any], write: Any) -> str:
    """A visit with its answers and actions, none of it sent; its id."""
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    for number in range(30):
        terminal_action = ("actions", "add", visit, "--title", f"Mend {number}")
        terminal.json(*terminal_action, "--due", "2027-01-01")
    return visit


def test_unsent_work_moves_to_another_computer(
    terminal: Terminal, worked: str, tmp_path: Path, new_terminal: Terminal
) -> None:
    file = tmp_path / "work.rescue"
    saved = terminal.json("rescue", "--out", file)
    assert (saved["visits"], saved["pages_lost"]) == (1, 0)
    assert saved["changes"] > 40
    loaded = new_terminal.json("rescue", "--load", file)
    assert loaded["waiting_after"] == saved["changes"]
    here, there = (t.json("visits", "show", worked) for t in (terminal, new_terminal))
    assert there["answers"] == here["answers"]
    assert len(new_terminal.json("actions", "list")) == 30
    assert "nobody can open the file" in terminal("rescue", "--out", file).out
    assert "were already here or already sent" in new_terminal("rescue", "--load", file).out


@pytest.mark.parametrize("seed", range(3))
def test_damaged_data_gives_what_it_still_holds(
    terminal: Terminal, worked: str, tmp_path: Path, new_terminal: Terminal, seed: int
) -> None:
    """Pages at random are noise, among them the first: no traceback, and the numbers are said."""
    path = terminal.data_dir / "visitapp.db"
    chance = random.Random(seed)
    raw = bytearray(path.read_bytes())
    spoiled = {1, *(chance.randrange(1, len(raw) // PAGE + 1) for _ in range(seed))}
    for number in spoiled:
        raw[(number - 1) * PAGE : number * PAGE] = os.urandom(PAGE)
    path.write_bytes(raw)
    file = tmp_path / "work.rescue"
    assert "damaged" in terminal("actions", "list").refusal
    saved = terminal.json("rescue", "--out", file)
    assert saved["pages_lost"] >= 1
    assert path.read_bytes() == raw
    loaded = new_terminal.json("rescue", "--load", file)
    assert loaded["waiting_after"] == loaded["changes"] > 0
    if seed == 0:
        assert loaded["left_out"] == 0
        assert len(new_terminal.json("actions", "list")) == 30
        assert len(new_terminal.json("visits", "show", worked)["answers"]) > 10


def test_a_database_of_another_version_is_rescued(
    terminal: Terminal, worked: str, tmp_path: Path, keyring: MemoryKeyring
) -> None:
    from visitapp.storage.database import open_device
    from visitapp.storage.keys.device_key import unlock

    key = unlock(terminal.data_dir, None, keyring)
    database = open_device(terminal.data_dir, key)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'r9999'")
        connection.exec_driver_sql("ALTER TABLE action ADD COLUMN colour VARCHAR(10)")
    database.close()
    assert "newer version" in terminal("actions", "list").refusal
    assert terminal.json("rescue", "--out", tmp_path / "work.rescue")["changes"] > 40


def test_what_is_refused_is_said_in_one_line(
    terminal: Terminal, tmp_path: Path, new_terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "work.rescue"
    terminal.json("rescue", "--out", file)
    assert "key.json" in Terminal(tmp_path / "empty")("rescue", "--out", file).refusal
    assert "could not be written" in terminal("rescue", "--out", tmp_path / "no" / "x").refusal
    assert "not a rescue file" in new_terminal("rescue", "--load", __file__).refusal
    cut = tmp_path / "cut.rescue"
    cut.write_bytes(file.read_bytes()[:-40])
    assert "incomplete or was changed" in new_terminal("rescue", "--load", cut).refusal
    monkeypatch.setenv("VISITAPP_RESCUE_PASSPHRASE", "another passphrase")
    assert "not the passphrase" in new_terminal("rescue", "--load", file).refusal
    assert terminal("rescue").status == 2
    assert terminal("rescue", "--out", file, "--load", file).status == 2
