"""`visitapp escalation` and `visitapp people`: a ladder and a list of people from a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.terminal.commands import Terminal


@pytest.fixture
def setting(terminal: Terminal, visit: str) -> str:
    return str(terminal.json("settings", "list")[0]["id"])


def test_a_step_is_opened_reviewed_ended(terminal: Terminal, setting: str) -> None:
    assert terminal("escalation", "list").out == "No setting is escalated.\n"
    because = ("--reason", "Medicines were missed")
    opened = terminal.json(
        *("escalation", "open", setting, "peer_support", *because),
        *("--support", "Rowan House", "--clause", "4.1", "--authority", "Minute 3"),
    )
    assert (opened["status"], opened["steps"][0]["state"]) == ("peer_support", "open")
    shown = terminal("escalation", "show", setting).out
    assert "Support from: Rowan House" in shown
    assert "Peer support opened" in shown
    due = opened["steps"][0]["due_on"]
    review = ("--reason", "Slow", "--due", due)
    assert terminal.json("escalation", "review", setting, "peer_support", *review)["waits"] == []
    terminal.json("escalation", "note", setting, "peer_support", "Both met", "--with", "Deputies")
    assert setting in terminal("escalation", "list").out
    refusal = terminal("escalation", "open", setting, "suspension", *because).refusal
    assert "Only a senior manager" in refusal
    as_met = ("--as", "met", "--reason", "Held for four weeks")
    ended = terminal.json("escalation", "end", setting, "peer_support", *as_met)
    assert ended["status"] == "between_steps"
    down = terminal("escalation", "stand-down", setting, "--reason", "Good").refusal
    assert "Only a team lead" in down
    first = ended["entries"][-1]["id"]
    letter = terminal("escalation", "letter", first, "--out", "letter.pdf").refusal
    assert "no letter for this step" in letter


def test_people_are_listed_moved_and_printed(
    terminal: Terminal, setting: str, tmp_path: Path
) -> None:
    needs = ("--needs", "Hoist", "--funder", "nhs", "--critical", "Insulin at 8")
    person = terminal.json("people", "add", setting, "P31", *needs)["people"][0]["id"]
    assert "looks like a name" in terminal("people", "add", setting, "Margaret", *needs).refusal
    terminal.json("people", "change", person, "--alternatives", "Rowan House")
    assert "0 of 1 moved" in terminal("people", "show", setting).out
    moved = terminal.json("people", "move", person, "--to", "Hazel Court", "--on", "2020-01-07")
    assert (moved["moved"], moved["total"]) == (1, 1)
    out = tmp_path / "people.pdf"
    terminal.json("people", "print", setting, "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF")
    terminal.json("people", "put-back", person)
    off = terminal.json("people", "take-off", person, "--reason", "Went home")
    assert (off["moved"], off["total"]) == (0, 0)
