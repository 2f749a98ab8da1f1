"""`-h` and `--help` after every command, and `--version`."""

from __future__ import annotations

import pytest

from tests.support.terminal.command_names import commands
from tests.support.terminal.commands import Terminal
from visitapp.cli.main import visitapp

NAMES = [name for name, _ in commands(visitapp)]
GROUPS = sorted({name.rpartition(" ")[0] for name in NAMES})


@pytest.mark.parametrize("name", [*GROUPS, *NAMES])
def test_help_is_there_in_both_spellings(terminal: Terminal, name: str) -> None:
    asked = [terminal(*name.split(), option) for option in ("-h", "--help")]
    assert [ran.status for ran in asked] == [0, 0]
    assert asked[0].out == asked[1].out
    assert f"Usage: visitapp {name}".rstrip() in asked[0].out


def test_the_version_is_printed(terminal: Terminal) -> None:
    assert terminal("--version").out.startswith("visitapp, version ")
