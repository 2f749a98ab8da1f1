"""`visitapp plans`: a plan from its draft to its end."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.terminal.commands import Terminal

DATES = ("--starts", "2020-01-06", "--ends", "2099-01-31")
WITH = ("--with", "The registered manager")


@pytest.fixture
def setting(terminal: Terminal, visit: str) -> str:
    return str(terminal.json("settings", "list")[0]["id"])


def test_a_plan_is_drafted_agreed_followed_and_met(terminal: Terminal, setting: str) -> None:
    add = ("--title", "Rewrite the care plans", "--due", "2099-01-05", "--target", "29")
    action = terminal.json(
        *(
            "actions",
            "add",
            "--setting",
            setting,
            *add,
            "--measure",
            "29 of 29",
            "--side",
            "council",
        ),
        *("--theme", "records"),
    )
    plan = terminal.json("plans", "draft", setting, "--goal", "Plans are right", *DATES)
    assert [one["id"] for one in plan["actions"]] == [action["id"]]
    changed = terminal.json("plans", "change", plan["id"], "--people", "Registered manager")
    assert changed["provider_people"] == "Registered manager"
    agreed = terminal.json("plans", "agree", plan["id"], *WITH, "--on", "2020-01-07")
    assert (agreed["version"], agreed["agreed_on"], agreed["changed"]) == (1, "2020-01-07", [])
    terminal.json("plans", "tell", action["id"], "--text", "Nine are done", "--done", "9")
    shown = terminal("plans", "show", plan["id"]).out
    assert "0 of 1 verified (0%), 1 not yet overdue" in shown
    assert "9 of 29" in shown
    assert "Version: 1, agreed 2020-01-07 with The registered manager" in shown
    assert (
        "Provider: 9 done so far. Nine are done" in terminal("plans", "history", action["id"]).out
    )
    terminal("actions", "update", action["id"], "--measure", "29 of 29 seen")
    assert "Action 1: the success measure was changed." in terminal("plans", "show", plan["id"]).out
    assert "Version 1, agreed 2020-01-07" in terminal("plans", "versions", plan["id"]).out
    assert (
        "met when each of its actions"
        in terminal("plans", "end", plan["id"], "--as", "met").refusal
    )
    verify = ("--status", "verified", "--how", "visit", "--note", "29 seen")
    terminal("actions", "update", action["id"], *verify)
    assert terminal("plans", "progress", plan["id"]).out.splitlines()[-1].endswith("1 verified")
    assert plan["id"] in terminal("plans", "list", "--setting", setting, "--open").out
    assert terminal.json("plans", "end", plan["id"], "--as", "met")["status"] == "met"
    assert terminal("plans", "list", "--open").out == "No improvement plans.\n"
    assert "Your role" in terminal("plans", "reopen", plan["id"], "--reason", "Too soon").refusal


def test_findings_without_an_action_are_named_and_added(
    terminal: Terminal, setting: str, visit: str, complete: dict[str, Any], write: Any
) -> None:
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    terminal.json("visits", "sign-off", visit)
    plan = terminal.json("plans", "draft", setting, "--goal", "Safe care", *DATES)
    assert plan["findings"]
    refusal = terminal("plans", "agree", plan["id"], *WITH).refusal
    assert plan["findings"][0]["asked"] in refusal
    added = terminal.json("plans", "add-found", plan["id"])
    assert added["findings"] == []
    assert terminal.json("plans", "agree", plan["id"], *WITH)["status"] == "agreed"


@pytest.mark.parametrize(
    ("command", "word"),
    [
        (("actions", "add", "--title", "T", "--due", "2099-01-05"), "Give a visit, or --setting."),
        (("plans", "change", "x"), "Give --goal, --starts, --ends or --people."),
    ],
)
def test_what_is_missing_is_said(terminal: Terminal, command: tuple[str, ...], word: str) -> None:
    ran = terminal(*command)
    assert ran.status == 2
    assert word in ran.err
