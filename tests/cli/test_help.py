"""`-h` and `--help` after every command, and `--version`."""

from __future__ import annotations

from tests.support.terminal.command_names import commands
from tests.support.terminal.commands import Terminal
from visitapp.cli.main import visitapp

NAMES = [name for name, _ in commands(visitapp)]
GROUPS = sorted({name.rpartition(" ")[0] for name in NAMES})


def test_help_is_there_in_both_spellings(terminal: Terminal) -> None:
    wrong = []
    for name in (*GROUPS, *NAMES):
        short, long = (terminal(*name.split(), option) for option in ("-h", "--help"))
        told = f"Usage: visitapp {name}".rstrip() in short.out
        if not (short.status == long.status == 0 and short.out == long.out and told):
            wrong.append((name, short, long))
    assert wrong == []


def test_the_version_is_printed(terminal: Terminal) -> None:
    assert terminal("--version").out.startswith("visitapp, version ")
