"""`visitapp concerns`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.terminal.commands import Terminal

LOG = ("--kind", "poor_practice", "--title", "Doses signed and not given", "--theme", "medicines")


@pytest.fixture
def setting(terminal: Terminal) -> str:
    return str(terminal.json("settings", "list")[0]["id"])


def test_a_concern_from_the_log_to_the_lesson(terminal: Terminal, setting: str) -> None:
    one = terminal.json("concerns", "add", setting, *LOG, "--person", "P31", "--severity", "3")
    id_ = one["row"]["id"]
    assert id_ in terminal("concerns", "list", setting, "--find", "doses").out
    terminal.json("concerns", "reached", id_, "acknowledged")
    terminal.json("concerns", "update", id_, "The nurse rang back", "--told", "The lead")
    terminal.json("concerns", "ask", id_, "--reason", "Please answer")
    terminal.json("concerns", "reply", id_, "An agency nurse")
    assert "cannot become" in terminal("concerns", "close", id_, "--lesson", "None").refusal
    terminal.json("concerns", "decide", id_, "partly", "--reason", "Two of five")
    closed = terminal.json("concerns", "close", id_, "--lesson", "Count twice")
    assert (closed["row"]["status"], closed["lesson"]) == ("closed", "Count twice")
    shown = terminal("concerns", "show", id_).out
    for said in ("Provider's reply: An agency nurse", "Told: The lead.", "Decided: partly"):
        assert said in shown
    assert terminal.json("concerns", "reopen", id_, "--reason", "Again")["reopened"] == 1
    edited = terminal.json("concerns", "edit", id_, "--severity", "4", "--theme", "falls")
    assert (edited["row"]["severity"], edited["row"]["themes"]) == ("4", ["falls"])


def test_trends_name_a_cluster(terminal: Terminal, setting: str) -> None:
    for _ in range(3):
        terminal.json("concerns", "add", setting, *LOG)
    found = terminal.json("concerns", "trends", "--setting", setting)
    assert (found["trends"]["count"], len(found["clusters"])) == (3, 1)
    out = terminal("concerns", "trends").out
    assert "3 concerns in 90 days" in out
    assert "A cluster: 3 concerns about medicines" in out
    assert terminal("concerns", "list", "--state", "late").out == "No concerns.\n"


def test_a_restricted_concern_says_so(terminal: Terminal, setting: str) -> None:
    one = terminal.json("concerns", "add", setting, *LOG, "--restricted")["row"]
    assert "(restricted)" in terminal("concerns", "list").out
    assert "Restricted to: lead" in terminal("concerns", "show", one["id"]).out
    assert "already restricted" in terminal("concerns", "restrict", one["id"]).refusal
    assert "Only a team lead" in terminal("concerns", "give", one["id"], "me").refusal
    lift = ("concerns", "lift", one["id"], "--reason", "Done")
    assert "Only a team lead" in terminal(*lift).refusal


def test_a_file_is_shown_first(terminal: Terminal, setting: str, tmp_path: Path) -> None:
    name = terminal.json("settings", "list")[0]["name"]
    path = tmp_path / "cases.csv"
    path.write_text(
        f"Ref,Setting,Kind,Received,Heading\nK-1,{name},complaint,2026-11-19,Noise\n",
        encoding="utf-8",
    )
    shown = terminal("concerns", "import", path, "--map", "Heading=title", "--preview").out
    assert f"row 2: complaint at {name}: Noise" in shown
    assert terminal.json("concerns", "import", path, "--yes")["logged"] == 1
    assert terminal.json("concerns", "import", path, "--yes")["logged"] == 0
    assert terminal.json("concerns", "list")[0]["reference"] == "K-1"
