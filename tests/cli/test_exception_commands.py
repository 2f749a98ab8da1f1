"""`visitapp exceptions` and `visitapp decisions`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.terminal.commands import Terminal

RISK = (
    *("--need", "Nursing care.", "--alternatives", "Two homes are full.", "--hazards", "Nights."),
    *("--safeguards", "An agency nurse.", "--safeguarding-view", "Supports it."),
    *("--regulator-view", "No objection.", "--told", "Her daughter, on Monday."),
)
ASK = ("--person", "P31", "--why", "Her husband lives there.")


@pytest.fixture
def setting(terminal: Terminal, visit: str, complete: dict[str, Any], write: Any) -> str:
    """Heather Bank, closed by a Red visit."""
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    terminal.json("visits", "sign-off", visit)
    return str(terminal.json("settings", "list")[0]["id"])


def test_it_is_asked_assessed_listed_and_shown(terminal: Terminal, setting: str) -> None:
    one = terminal.json("exceptions", "ask", setting, *ASK, "--needed-by", "2030-12-02")
    assert (one["person"], one["status"], one["assessment"]) == ("P31", "asked", None)
    assert "no risk assessment on record" in terminal("exceptions", "show", one["id"]).out
    assessed = terminal.json("exceptions", "assess", one["id"], *RISK)
    assert assessed["assessment"]["told"] == "Her daughter, on Monday."
    assert (
        "Alternatives tried: Two homes are full." in terminal("exceptions", "show", one["id"]).out
    )
    assert [row["id"] for row in terminal.json("exceptions", "list", setting, "--open")] == [
        one["id"]
    ]
    assert one["id"] in terminal("exceptions", "list").out


def test_an_officer_decides_nothing_and_reads_who_does(terminal: Terminal, setting: str) -> None:
    one = terminal.json("exceptions", "ask", setting, *ASK, *RISK)["id"]
    decide = ("exceptions", "refuse", one, "--reason", "Because")
    assert "Only a senior manager decides" in terminal(*decide).refusal
    assert "cannot become" in terminal("exceptions", "use", one).refusal
    found = terminal.json("decisions", "list")
    assert (found["mine"], [row["id"] for row in found["others"]]) == ([], [one])
    assert "a senior manager" in terminal("decisions", "list").out
    shown = terminal("decisions", "show", "exception", one).out
    assert "Authorise (authorise)" in shown
    assert "Decided by a senior manager." in shown
    refusal = terminal("decisions", "decide", "exception", one, "refuse", "--reason", "So").refusal
    assert "not yours to decide" in refusal
    withdrawn = terminal.json("exceptions", "withdraw", one, "--reason", "Placed elsewhere.")
    assert withdrawn["status"] == "void"
    assert terminal("decisions", "list").out == "Nothing waits for a decision.\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--person", "Mabel Quill", "--why", "W"), "looks like a name"),
        (("--person", "943 476 5919", "--why", "W"), "NHS number"),
        (("--person", "P31", "--why", " "), "exceptional"),
        ((*ASK, "--need", "Care"), "every part of the risk assessment"),
    ],
)
def test_what_cannot_be_is_refused(
    terminal: Terminal, setting: str, options: tuple[str, ...], said: str
) -> None:
    assert said in terminal("exceptions", "ask", setting, *options).refusal
    assert terminal.json("exceptions", "list") == []
    assert terminal("exceptions", "list").out == "No placement exceptions.\n"


def test_a_setting_that_is_not_closed_needs_none(terminal: Terminal) -> None:
    setting = terminal.json("settings", "list")[0]["id"]
    assert "is not closed" in terminal("exceptions", "ask", setting, *ASK).refusal
