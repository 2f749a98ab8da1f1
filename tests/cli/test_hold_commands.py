"""`visitapp holds`: list, set and lift."""

from __future__ import annotations

import pytest

from tests.support.terminal.commands import Terminal


@pytest.fixture
def setting(terminal: Terminal) -> str:
    return str(terminal.json("settings", "list")[0]["id"])


def test_a_team_lead_sets_and_lifts_a_hold(terminal: Terminal, setting: str) -> None:
    terminal.json("name", "Lee Lead", "--role", "lead")
    assert "No legal hold stands." in terminal("holds", "list").out
    hold = terminal.json("holds", "set", "setting", setting, "--reason", "A claim.")["id"]
    person = terminal.json("holds", "set", "person", "P31", "--reason", "A complaint.")["id"]
    listed = {one["id"]: one["name"] for one in terminal.json("holds", "list")}
    assert listed[person] == "P31"
    assert "A claim." in terminal("holds", "list").out
    assert "until the hold" in terminal("holds", "set", "person", "P32", "--reason", "Why").out
    assert terminal.json("holds", "lift", hold, "--reason", "Settled.") == {"lifted": hold}
    assert hold not in {one["id"] for one in terminal.json("holds", "list")}
    assert "has been lifted" in terminal("holds", "lift", hold, "--reason", "Again").refusal


def test_an_officer_reads_who_may(terminal: Terminal, setting: str) -> None:
    refused = terminal("holds", "set", "setting", setting, "--reason", "A claim.").refusal
    assert "Only a team lead or a senior manager" in refused
