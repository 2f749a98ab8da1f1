"""Commands speak the language of the program: in their help, and in what they print."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.support.language.pseudo import left_in_english
from tests.support.terminal.command_names import commands, options
from tests.support.terminal.commands import Terminal
from visitapp.cli.main import visitapp
from visitapp.language import PSEUDO, SOURCE, choose_language, languages, pseudo
from visitapp.terminal.help import paragraphs

COMMANDS = dict(commands(visitapp))
EMPTY = ("visits list", "actions list", "conflicts list", "risk list")


@pytest.fixture(autouse=True)
def pseudo_language() -> Iterator[None]:
    choose_language(PSEUDO)
    yield
    choose_language(SOURCE)


def flat(text: str) -> str:
    """Without line breaks, which depend on the width of the terminal."""
    return " ".join(text.split())


def test_the_help_of_every_command_is_in_the_catalogue(terminal: Terminal) -> None:
    wrong = []
    for name, command in COMMANDS.items():
        shown = flat(terminal(*name.split(), "--help").out)
        texts = [*paragraphs(command), *(one.help or "" for one in options(command))]
        wrong += [(name, text) for text in texts if flat(pseudo(text)) not in shown]
        wrong += [(name, "says not what it does") for text in texts if not text]
        rest = shown.replace(pseudo("required"), "")
        wrong += [(name, word) for word in ("Usage:", "Options:", "required]") if word in rest]
    assert wrong == []


def test_the_list_of_commands_is_in_the_catalogue(terminal: Terminal) -> None:
    rows = terminal("--help").out.partition(f"{pseudo('Commands')}:")[2].splitlines()
    listed = [row.split(maxsplit=1) for row in rows if row.strip()]
    assert [name for name, _ in listed] == sorted(visitapp.commands)
    assert all(said.startswith("[") for _, said in listed)


@pytest.mark.parametrize("name", EMPTY)
def test_what_a_command_prints_is_in_the_catalogue(terminal: Terminal, name: str) -> None:
    said = terminal(*name.split()).out
    assert said.startswith("[")
    assert left_in_english(said, []) == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("visits", "show"), "Missing argument"),
        (("settings", "list", "--colour"), "No such option {name!r}."),
        (("settings", "lost"), "No such command {name!r}."),
        (("visits", "show"), "Try '{command} {option}' for help."),
    ],
)
def test_wrong_usage_is_told_in_the_language_of_the_program(
    terminal: Terminal, typed: tuple[str, ...], said: str
) -> None:
    ran = terminal(*typed)
    assert ran.status == 2
    assert pseudo(said).partition("{")[0] in flat(ran.err)
    assert pseudo("Usage:") in ran.err
    assert "Error:" not in ran.err


@pytest.mark.parametrize(
    ("language", "status", "said"),
    [
        ("en", 0, "Usage: visitapp"),
        ("qps", 0, f"{pseudo('Usage:')} visitapp"),
        ("xx", 1, f"There is no language xx; set language to one of: {', '.join(languages())}."),
    ],
)
def test_the_language_is_chosen_once_at_the_start(language: str, status: int, said: str) -> None:
    environment = {**os.environ, "VISITAPP_LANGUAGE": language, "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        [sys.executable, "-m", "visitapp.bootstrap", "--help"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == status
    assert (ran.stdout + ran.stderr).startswith(said)
