"""`visitapp interventions`: from the referral to the report, on one device."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.terminal.commands import Terminal


@pytest.fixture
def setting(terminal: Terminal, visit: str) -> str:
    return str(terminal.json("settings", "list")[0]["id"])


def test_a_setting_is_referred_and_its_criteria_are_read(
    terminal: Terminal, setting: str, tmp_path: Path
) -> None:
    assert terminal("interventions", "list").out == "No interventions.\n"
    assert "say nothing" in terminal("interventions", "grounds", setting).out
    given = ("--why", "Red twice", "--evidence", "Five of nine actions late")
    one = terminal.json("interventions", "refer", setting, *given)
    assert (one["status"], one["grounds"]) == ("referred", "Five of nine actions late")
    gaps = ("--measure", "reading", "--needed", "5", "--bound", "at_most", "--unit", "percent")
    shown = terminal.json("interventions", "criterion", one["id"], "Medicine gaps", *gaps)
    (criterion,) = shown["criteria"]
    read = terminal("interventions", "read", criterion["id"], "1", "--of", "20").out
    assert "1 of 1 exit criteria hold." in read
    assert "1 of 20 (5%)" in read
    assert "At most 5%" in read
    accept = ("interventions", "accept", one["id"], "--officer", "me")
    assert "Your role cannot change this intervention to active." in terminal(*accept).refusal
    figures = terminal("interventions", "before-after", one["id"]).out
    assert figures.count("0.0 concerns a month") == 2
    out = tmp_path / "report.pdf"
    terminal("interventions", "report", one["id"], "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF")
    dropped = terminal.json("interventions", "drop-criterion", criterion["id"])
    assert dropped["criteria"] == []
    gone = ("interventions", "withdraw", one["id"], "--reason", "The plan works")
    assert terminal.json(*gone)["status"] == "withdrawn"
    assert terminal.json("interventions", "list", "--open") == []
