"""`visitapp plans`: a plan from its draft to its end."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.plans.filled import filled
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


def test_the_providers_file_goes_out_and_comes_back(
    terminal: Terminal, setting: str, tmp_path: Path
) -> None:
    for title in ("Rewrite the care plans", "Observe each round"):
        add = ("--title", title, "--due", "2099-01-05", "--target", "29")
        terminal.json("actions", "add", "--setting", setting, *add)
    plan = terminal.json("plans", "draft", setting, "--goal", "Plans are right", *DATES)["id"]
    folder = ("--folder", str(tmp_path / "out"))
    assert "not agreed" in terminal("plans", "export", plan, *folder).refusal
    terminal.json("plans", "agree", plan, *WITH)
    pdf, sheet = terminal.json("plans", "export", plan, *folder)["files"]
    assert Path(pdf).read_bytes().startswith(b"%PDF")
    assert "already in this folder" in terminal("plans", "export", plan, *folder).refusal
    terminal("plans", "export", plan, *folder, "--overwrite")
    said = {1: {"Number done now": 9, "What was done": "Nine"}, 2: {"Done on": date(2026, 1, 5)}}
    back = str(filled(Path(sheet), said))
    shown = terminal("plans", "return", plan, back).out
    assert "row 13: action 1, Rewrite the care plans; number done 0 → 9" in shown
    assert "row 14: action 2, Observe each round; done on 2026-01-05, to be verified" in shown
    assert terminal.json("plans", "show", plan)["actions"][0]["progress"] == 0
    assert "nothing to take in row 4" in terminal("plans", "return", plan, back, "--row", "4").err
    assert terminal.json("plans", "return", plan, back, "--row", "13")["taken"] == 1
    assert terminal.json("plans", "return", plan, back, "--all")["taken"] == 1
    actions = terminal.json("plans", "show", plan)["actions"]
    assert [(one["progress"], one["status"]) for one in actions] == [(9, "open"), (0, "done")]
    again = terminal("plans", "return", plan, back, "--all").out
    assert again == "2 rows were taken from this file before.\n"


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
