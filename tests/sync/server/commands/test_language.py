"""The commands of the server speak the language of the program: in their help, in what they print
and when they are used wrongly."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from sync.server.cli import main
from tests.support.language.pseudo import left_in_english
from tests.support.rows import rows
from tests.support.server.server_process import COMMAND, command, done
from tests.support.terminal.command_names import commands, options
from visitapp.language import languages, pseudo
from visitapp.terminal.help import paragraphs

COMMANDS = dict(commands(main))


def flat(text: str) -> str:
    """Without line breaks, which depend on the width of the terminal."""
    return " ".join(text.split())


@pytest.mark.usefixtures("pseudo_language")
@rows("name", COMMANDS)
def test_the_help_of_every_command_is_in_the_catalogue(name: str) -> None:
    asked = COMMANDS[name]
    shown = flat(CliRunner().invoke(main, [*name.split(), "--help"]).stdout)
    texts = [*paragraphs(asked), *(one.help or "" for one in options(asked))]
    assert [text for text in texts if flat(pseudo(text)) not in shown] == []
    assert not {"Usage:", "Options:", "[required]"} & set(shown.split())


@pytest.mark.usefixtures("pseudo_language")
def test_what_the_commands_print_is_in_the_catalogue(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/server.db"
    backup, password = str(tmp_path / "kept.backup"), "--password-stdin"
    said = [
        done(url, "init"),
        done(url, "migrate"),
        done(url, "users", "add", "ann", "--role", "officer", password, stdin="Long-enough-1\n"),
        done(url, "users", "role", "ann", "lead", "--team", "East"),
        done(url, "users", "password", "ann", password, stdin="Long-enough-2\n"),
        done(url, "users", "disable", "ann"),
        done(url, "users", "enable", "ann"),
        done(url, "legal-holds", "set", "person", "P-1", "--reason", "R"),
        done(url, "notices", "release"),
        done(url, "retain", "--dry-run"),
        done(url, "tidy"),
        done(url, "nightly"),
        done(url, "backup", "--out", backup),
        done(f"sqlite:///{tmp_path}/other.db", "restore", backup),
        done(url, "audit", "verify"),
    ]
    (hold,) = [json.loads(line) for line in done(url, "legal-holds", "list", "--json").splitlines()]
    said.append(done(url, "legal-holds", "lift", hold["id"], "--reason", "R"))
    lines = [line for text in said for line in text.splitlines()]
    assert len(lines) > 20
    assert [line for line in lines if not line.startswith("[")] == []
    assert [line for line in lines if left_in_english(line, [])] == []


@pytest.mark.usefixtures("pseudo_language")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["users", "add"], "Missing argument"),
        (["users", "add", "ann", "--rôle"], "No such option {name!r}."),
        (["usurs"], "No such command {name!r}."),
        (["users", "role", "ann", "king"], "{value!r} is not one of {choices}."),
        (["run", "--port", "99999"], "{value} is not in the range {range}."),
        (["run", "--port", "a"], "{value!r} is not a valid {number_type}."),
    ],
)
def test_wrong_usage_is_told_in_the_language_of_the_program(
    tmp_path: Path, typed: list[str], said: str
) -> None:
    ran = command(f"sqlite:///{tmp_path}/none.db", *typed)
    assert ran.exit_code == 2
    first = pseudo(said).partition("{")[0] or pseudo(said).split("}")[1][:8]
    assert first in flat(ran.stderr)
    assert "Error:" not in ran.stderr


@pytest.mark.parametrize(
    ("language", "status", "said"),
    [
        ("en", 0, "Usage: "),
        ("qps", 0, pseudo("Usage:")),
        ("xx", 1, f"There is no language xx. Set language to one of: {', '.join(languages())}."),
    ],
)
def test_the_language_is_chosen_at_the_start(language: str, status: int, said: str) -> None:
    environment = {**os.environ, "VISITAPP_LANGUAGE": language, "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        [*COMMAND, "--help"], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == status
    assert (ran.stdout + ran.stderr).startswith(said)
