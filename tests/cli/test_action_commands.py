"""`visitapp actions`."""

from __future__ import annotations

import pytest

from tests.support.terminal.commands import Terminal

ADD = ("--title", "Review all plans", "--due", "2026-12-07", "--priority", "high")


def test_an_action_is_raised_changed_and_listed(terminal: Terminal, visit: str) -> None:
    action = terminal.json("actions", "add", visit, *ADD, "--owner", "Manager")
    assert (action["title"], action["due_on"]) == ("Review all plans", "2026-12-07")
    assert (action["priority"], action["status"], action["owner"]) == ("high", "open", "Manager")
    changed = terminal.json(
        *("actions", "update", action["id"], "--status", "done", "--reason", "Trainer is ill"),
        *("--set", "due=2026-12-14", "--set", "title=Review = all plans"),
    )
    assert (changed["status"], changed["due_on"]) == ("done", "2026-12-14")
    assert changed["title"] == "Review = all plans"
    assert changed["done_on"] is not None
    assert terminal.json("actions", "list") == [changed]
    (shown,) = terminal.json("visits", "show", visit)["actions"]
    assert shown | {"place": changed["place"]} == changed


def test_a_due_date_in_the_past_is_said(terminal: Terminal, visit: str) -> None:
    add = ("actions", "add", visit, "--title", "Train the night staff", "--due")
    assert terminal(*add, "2020-01-01").out.splitlines()[-1] == "The due date is in the past."
    assert "in the past" not in terminal(*add, "2099-12-31").out


def test_lists_are_narrowed(terminal: Terminal, visit: str) -> None:
    action = terminal.json("actions", "add", visit, *ADD)
    assert action["id"] in terminal("actions", "list").out
    for options in (("--visit", visit), ("--setting", action["setting_id"]), ("--open",)):
        assert [one["id"] for one in terminal.json("actions", "list", *options)] == [action["id"]]
    refusal = terminal("actions", "update", action["id"], "--status", "verified").refusal
    assert "Say how the action was verified: on a visit, desk check or document." in refusal
    verified = ("--status", "verified", "--how", "visit", "--note", "Plans seen")
    terminal.json("actions", "update", action["id"], *verified)
    assert terminal.json("actions", "list", "--open") == []
    assert terminal("actions", "list", "--visit", "elsewhere").out == "No actions.\n"


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--title", "T", "--due", "7 December"), "7 December"),
        (("--title", "T", "--due", "2026-02-30"), "2026-02-30"),
        (("--title", "T", "--due", "0226-12-01"), "1 Dec 226"),
        (("--title", "T", "--due", "2026-12-07", "--priority", "urgent"), "urgent"),
        (("--title", "  ", "--due", "2026-12-07"), "title"),
        (("--title", "x" * 401, "--due", "2026-12-07"), "too long"),
        (("--title", "T", "--due", "2026-12-07", "--question", "nothing"), "nothing"),
    ],
)
def test_what_cannot_be_is_refused(
    terminal: Terminal, visit: str, options: tuple[str, ...], word: str
) -> None:
    assert word in terminal("actions", "add", visit, *options, "--json").refusal
    assert terminal.json("actions", "list") == []


@pytest.mark.parametrize(
    "change", ["status=finished", "priority=urgent", "due_on=soon", "colour=red", "title="]
)
def test_a_change_that_cannot_be_is_refused(terminal: Terminal, visit: str, change: str) -> None:
    action = terminal.json("actions", "add", visit, *ADD)
    refusal = terminal("actions", "update", action["id"], "--set", change, "--json").refusal
    assert change.partition("=")[0].split("_")[0] in refusal or "day" in refusal
    assert terminal.json("actions", "list") == [action]


def test_wrong_usage_is_told_apart_from_a_refusal(terminal: Terminal, visit: str) -> None:
    action = terminal.json("actions", "add", visit, *ADD)["id"]
    assert terminal("actions", "update", action, "--set", "status").status == 2
    assert terminal("actions", "update", action).status == 2
    assert terminal("actions", "add", visit, "--title", "T").status == 2


def test_unknown_visits_and_actions_are_refused(terminal: Terminal) -> None:
    assert "nowhere" in terminal("actions", "add", "nowhere", *ADD).refusal
    assert "nowhere" in terminal("actions", "update", "nowhere", "--set", "owner=Me").refusal
