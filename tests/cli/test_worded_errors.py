"""A terminal words what goes wrong in its own language, wherever it went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.terminal.commands import Council, Terminal
from visitapp.language import pseudo


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that speaks English and knows nobody."""
    council = Council(f"sqlite:///{tmp_path_factory.mktemp('server') / 'server.db'}")
    with council.serving() as url:
        yield url


def test_a_problem_of_a_file(terminal: Terminal, tmp_path: Path, pseudo_language: None) -> None:
    said = terminal("forms", "publish", tmp_path / "none.yaml").refusal
    assert pseudo("There is no such file.") in said
    assert str(tmp_path / "none.yaml") in said


def test_a_refusal_of_this_device(terminal: Terminal, pseudo_language: None) -> None:
    said = terminal("settings", "add", "1-000000").refusal
    assert said.startswith(pseudo("There is no location {id} in the directory.")[:12])
    assert "1-000000" in said


def test_a_refusal_of_a_server_that_speaks_english(
    terminal: Terminal, server: str, pseudo_language: None
) -> None:
    refused = terminal("connect", server, "--user", "olive", "--password-stdin", stdin="olive\n")
    assert refused.refusal == pseudo("The name or the password is wrong.")
