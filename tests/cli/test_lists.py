"""No name in a list looks like another row, or moves the cursor."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.terminal.commands import Council, Terminal
from visitapp.cli.output import columns, show

FORGED = "Pixie\n0199\tlead\x1b[2J\u202e"


def test_a_cell_of_a_list_stays_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    show([], columns([["a", FORGED], ["bb", "x"]]), as_json=False)
    out = capsys.readouterr().out
    assert out == "a   Pixie\\n0199\\tlead\\x1b[2J\\u202e\nbb  x\n"


def test_a_refusal_is_one_line_whatever_it_quotes(terminal: Terminal) -> None:
    said = terminal("visits", "show", "no\x1b[2Jwhere\u202e").refusal
    assert "no\\x1b[2Jwhere\\u202e" in said


def test_a_list_of_the_server_has_one_line_for_each_record(tmp_path: Path) -> None:
    council = Council(f"sqlite:///{tmp_path / 'server.db'}")
    council.admin(
        *("users", "add", "ann", "--role", "officer", "--team", "North", "--title", FORGED),
        "--password-stdin",
        stdin="three small teapots",
    )
    (line,) = council.admin("users", "list").splitlines()
    assert line.split("\t")[-1] == "Pixie\\n0199\\tlead\\x1b[2J\\u202e"
