"""`visitapp placements`, `visitapp ratings` and `visitapp events`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.terminal.commands import Terminal
from visitapp.records import Role

CONDITION = "Nobody who needs two carers at night."


Act = Callable[[str], None]


@pytest.fixture
def setting(terminal: Terminal) -> str:
    return str(terminal.json("settings", "list")[0]["id"])


@pytest.fixture
def act_as(terminal: Terminal, keyring: MemoryKeyring) -> Act:
    """Go on as one of these people."""
    with open_desk(terminal.data_dir, Clock(), keyring) as services:
        bring(services, lee=Role.LEAD, max=Role.MANAGER)

    def act(who: str) -> None:
        with open_desk(terminal.data_dir, Clock(), keyring) as services:
            become(services, who)

    return act


def test_positions_are_decided_listed_and_shown(
    terminal: Terminal, setting: str, act_as: Act
) -> None:
    decide = ("placements", "decide", setting)
    refused = terminal(*decide, "open", "--reason", "Seen today").refusal
    assert refused == "Only a team lead or a senior manager decides on placements."
    act_as("lee")
    assert "condition" in terminal(*decide, "conditional", "--reason", "Two agency nights").refusal
    found = terminal.json(
        *decide, "conditional", "--reason", "Two agency nights", "--condition", CONDITION
    )
    assert (found["position"], found["waits"]) == ("conditional", [])
    why = terminal(*decide, "closed", "--reason", "A death").refusal
    assert (
        why == "Only a senior manager closes a setting to new placements; a team lead can hold it."
    )
    held = terminal.json(*decide, "closed", "--reason", "A death", "--hold", "--source", "event")
    assert held["decision"]["interim"] is True
    (waiting,) = terminal.json("placements", "list")
    assert waiting["setting_id"] == setting
    assert [row["setting_id"] for row in terminal.json("placements", "list", "--closed")] == [
        setting
    ]
    shown = terminal("placements", "show", setting).out
    assert "Closed to new" in shown
    assert CONDITION in shown
    assert terminal(*decide, "ajar", "--reason", "x").status == 2


def test_ratings_change_by_an_event(terminal: Terminal, setting: str) -> None:
    change = ("ratings", "change", setting, "--event", "A fall", "--reason", "No plan for falls")
    assert "Only a team lead improves" in terminal(*change, "--to", "green").refusal
    found = terminal.json(*change, "--to", "amber", "--kind", "serious_incident")
    assert (found["rag"], found["rag_before"]) == ("amber", "unrated")
    assert "already" in terminal(*change, "--to", "amber").refusal
    (line,) = terminal.json("ratings", "list", setting)
    assert (line["rag"], line["cause"], line["stands"]) == ("amber", "event", True)
    assert "No rating." in terminal("ratings", "list", "--review-due").out
    terminal.json("events", "add", setting, "--text", "A new manager", "--kind", "leadership")
    kinds = [event["kind"] for event in terminal.json("events", "list", setting)]
    assert sorted(kinds) == ["leadership", "serious_incident"]
    assert "Amber" in terminal("events", "list", setting).out
