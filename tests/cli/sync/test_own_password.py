"""A person's own password, chosen and changed from the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.terminal.commands import Council, Terminal

GIVEN, CHOSEN, LATER = "given by somebody else", "quiet lamps by the river", "seven wet umbrellas"


@pytest.fixture
def council(tmp_path: Path) -> Council:
    council = Council(f"sqlite:///{tmp_path / 'server.db'}")
    council.admin("users", "add", "olive", "--role", "officer", "--password-stdin", stdin=GIVEN)
    return council


@pytest.fixture
def server(council: Council) -> Iterator[str]:
    with council.serving() as address:
        yield address


def test_a_given_password_must_be_changed_before_it_opens_anything(
    terminal: Terminal, council: Council, server: str
) -> None:
    who = (server, "--user", "Olive")
    refused = terminal("connect", *who, "--password-stdin", stdin=f"{GIVEN}\n")
    assert "choose a password of your own" in refused.refusal
    weak = terminal("connect", *who, "--new-password-stdin", stdin=f"{GIVEN}\nolive1234567\n")
    assert weak.refusal
    both = f"{GIVEN}\n{CHOSEN}\n"
    person = terminal.json("connect", *who, "--new-password-stdin", stdin=both)
    assert person["name"] == "olive"
    assert terminal.json("sync")["refused"] == []


def test_changing_it_again_keeps_this_laptop_signed_in(
    terminal: Terminal, council: Council, server: str
) -> None:
    assert "not connected" in terminal("password", "change", "--password-stdin").refusal
    who = (server, "--user", "olive")
    terminal.json("connect", *who, "--new-password-stdin", stdin=f"{GIVEN}\n{CHOSEN}\n")
    wrong = terminal("password", "change", "--password-stdin", stdin=f"{GIVEN}\n{LATER}\n")
    assert wrong.refusal
    for line in (GIVEN, LATER):
        assert line not in wrong.err
    done = terminal("password", "change", "--password-stdin", stdin=f"{CHOSEN}\n{LATER}\n")
    assert "changed" in done.out
    assert terminal.json("sync")["refused"] == []
    terminal.json("connect", *who, "--password-stdin", stdin=f"{LATER}\n")
