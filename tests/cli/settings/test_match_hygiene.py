"""`visitapp settings match-hygiene`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.directory.fhrs import Kitchen, write_fhrs
from tests.support.terminal.commands import Terminal

KITCHEN = Kitchen("101", "Heather Bank Care Home", "ZZ1 1AA")


@pytest.fixture
def setting(terminal: Terminal, tmp_path: Path) -> str:
    terminal.json("import", write_fhrs(tmp_path / "fhrs.xml", [KITCHEN]))
    return str(terminal.json("settings", "list")[0]["id"])


def test_candidates_then_a_match_then_none(terminal: Terminal, setting: str) -> None:
    match = ("settings", "match-hygiene", setting)
    (offered,) = terminal.json(*match)["candidates"]
    assert (offered["fhrs_id"], offered["confirmed"]) == ("101", False)
    assert (
        "Heather Bank Care Home, ZZ1 1AA, Caring Premises: 5 of 2026-03-03" in terminal(*match).out
    )
    assert terminal.json(*match, "101")["confirmed"]["rating"] == "5"
    assert terminal.json(*match)["candidates"][0]["confirmed"]
    assert terminal.json(*match, "--none") == {"confirmed": None}
    assert not terminal.json(*match)["candidates"][0]["confirmed"]


def test_an_unknown_establishment_is_refused(terminal: Terminal, setting: str) -> None:
    assert "food hygiene rating 7" in terminal("settings", "match-hygiene", setting, "7").refusal
    both = terminal("settings", "match-hygiene", setting, "101", "--none")
    assert both.status == 2
