"""`visitapp support`, and what is tied to a concern."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk.pictures import png
from tests.support.terminal.commands import Terminal


@pytest.fixture
def setting(terminal: Terminal) -> str:
    return str(terminal.json("settings", "list")[0]["id"])


def test_a_theme_is_referred_and_followed(terminal: Terminal, setting: str) -> None:
    asked = ("--theme", "medicines", "--partner", "Skills for Homes", "--asked-for", "Training")
    (made,) = terminal.json("support", "refer", setting, *asked)
    assert "already asked for" in terminal("support", "refer", setting, *asked).refusal
    terminal.json("support", "move", made["id"], "offered", "--text", "Two sessions")
    taken = terminal.json("support", "move", made["id"], "taken_up")
    assert taken["status"] == "taken_up"
    early = terminal("support", "move", made["id"], "reviewed", "--text", "Better")
    assert "Its effect is known from" in early.refusal
    shown = terminal("support", "show", made["id"]).out
    for said in ("Medicines: taken up", "Asked for: Training", "Offered Two sessions"):
        assert said in shown
    assert "Its effect is known after" in terminal("support", "list", setting, "--open").out


def test_nothing_is_referred_yet(terminal: Terminal) -> None:
    assert terminal("support", "list").out == "No referrals for support.\n"


def test_a_concern_is_tied_to_what_answers_it(
    terminal: Terminal, setting: str, tmp_path: Path
) -> None:
    log = ("--kind", "complaint", "--theme", "falls")
    first = terminal.json("concerns", "add", setting, *log, "--title", "A fall")["row"]["id"]
    second = terminal.json("concerns", "add", setting, *log, "--title", "Again")["row"]["id"]
    assert terminal.json("concerns", "repeats", second, first)["repeat_of"] == "A fall"
    assert "Repeats: A fall" in terminal("concerns", "show", second).out
    terminal.json("concerns", "answer", second, "--new", "Light the stairs", "--due", "2026-12-20")
    action = terminal.json("actions", "list")[0]["id"]
    found = terminal.json("concerns", "answer", first, "--action", action)
    assert [one["title"] for one in found["actions"]] == ["Light the stairs"]
    assert "Give --action" in terminal("concerns", "answer", first).err
    file = tmp_path / "stairs.png"
    file.write_bytes(png(40, 30))
    added = terminal.json("concerns", "evidence", first, file, "--title", "The stairs")
    assert [piece["title"] for piece in added["evidence"]] == ["The stairs"]
    assert "Evidence: The stairs" in terminal("concerns", "show", first).out
