"""Every list of the terminal can be written to a file, and the list of actions read back."""

from __future__ import annotations

import inspect
from datetime import date
from pathlib import Path

import click
import pytest

from tests.support.desk.sheets import below_head, cells
from tests.support.terminal.command_names import commands, options
from tests.support.terminal.commands import Terminal
from visitapp.cli.main import visitapp

LISTS = [pytest.param(c, id=name) for name, c in commands(visitapp) if name.endswith(" list")]
ADD = ("--title", "=Mend the roof", "--due", "2026-12-07", "--owner", "Manager")


@pytest.mark.parametrize("command", LISTS)
def test_each_list_can_be_written_to_a_file(command: click.Command) -> None:
    assert ["--out"] in [option.opts for option in options(command)]
    assert command.callback is not None
    names = inspect.unwrap(command.callback).__code__.co_names
    assert {"show_list", "show"} & set(names), "print it by visitapp.cli.lists.show_list"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_list_is_written_as_it_is_shown(
    terminal: Terminal, tmp_path: Path, visit: str, suffix: str
) -> None:
    action = terminal.json("actions", "add", visit, *ADD)
    path = tmp_path / f"actions{suffix}"
    told = terminal.json("actions", "list", "--open", "--visit", visit, "--out", path)
    assert told == {"file": str(path), "rows": 1}
    assert cells(path)[1][0] == f"Filters: open; visit: {visit}"
    titles, row = below_head(path)
    assert titles[:6] == ["Action id", "Due", "Priority", "Status", "Setting", "Action"]
    day: object = "2026-12-07" if suffix == ".csv" else date(2026, 12, 7)
    assert row[:5] == [action["id"], day, "medium", "open", "Heather Bank"]
    assert row[5].lstrip("'") == "=Mend the roof"
    assert "already exists" in terminal("actions", "list", "--out", path).refusal
    assert "ends in .csv or .xlsx" in terminal("actions", "list", "--out", tmp_path / "a").refusal


def test_actions_come_back_after_a_look(terminal: Terminal, tmp_path: Path, visit: str) -> None:
    action = terminal.json("actions", "add", visit, *ADD)
    path = tmp_path / "actions.csv"
    terminal.json("actions", "list", "--out", path)
    head, then = path.read_text(encoding="utf-8-sig").rsplit("2026-12-07,medium", 1)
    path.write_text(f"{head}2026-12-01,medium{then}", encoding="utf-8")
    shown = terminal("actions", "import", path, "--preview").out
    assert "due 2026-12-07 → 2026-12-01" in shown
    stopped = terminal("actions", "import", path, stdin="n\n")
    assert (stopped.status, stopped.out) == (1, shown)
    assert terminal.json("actions", "list") == [action]
    assert terminal("actions", "import", path, stdin="y\n").out == f"{shown}Changed 1 action.\n"
    assert terminal.json("actions", "list")[0]["due_on"] == "2026-12-01"
    assert terminal.json("actions", "import", path, "--yes")["changed"] == 0


def test_a_wrong_cell_is_refused_with_its_row(
    terminal: Terminal, tmp_path: Path, visit: str
) -> None:
    action = terminal.json("actions", "add", visit, *ADD)
    path = tmp_path / "actions.csv"
    path.write_text(f"Action id,Due\n{action['id']},soon\n", encoding="utf-8")
    refusal = terminal("actions", "import", path, "--yes").refusal
    assert "line 2: Column “Due”: “soon” is not a date; nothing was imported" in refusal
