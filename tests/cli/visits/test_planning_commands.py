"""`visitapp visits plan`, `due`, `planned` and `counts`."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.terminal.commands import Terminal

DAY = (date.today() + timedelta(days=10)).isoformat()
LATER = (date.today() + timedelta(days=17)).isoformat()


@pytest.fixture
def home(terminal: Terminal) -> str:
    return str(terminal.json("settings", "list")[0]["id"])


def test_a_visit_is_planned_moved_confirmed_and_cancelled(terminal: Terminal, home: str) -> None:
    plan = terminal.json("visits", "plan", home, "--on", DAY)
    assert (plan["planned_on"], plan["state"]) == (DAY, "planned")
    planned = ("visits", "planned")
    assert "reason" in terminal(*planned, "move", plan["id"], "--to", LATER).refusal
    moved = terminal(*planned, "move", plan["id"], "--to", LATER, "--reason", "On leave").out
    assert moved == f"{plan['id']}: Heather Bank, annual, {LATER}, planned.\n"
    assert terminal.json(*planned, "confirm", plan["id"])["state"] == "confirmed"
    listed = terminal(*planned, "list", "--open").out
    assert plan["id"] in listed
    assert "confirmed" in listed
    assert terminal.json(*planned, "list", "--moved-often") == []
    assert terminal.json(*planned, "give", plan["id"])["moved_count"] == 1
    assert "reason" in terminal(*planned, "cancel", plan["id"]).refusal
    terminal(*planned, "cancel", plan["id"], "--reason", "No longer needed")
    assert terminal.json(*planned, "list", "--open") == []
    assert terminal(*planned, "list", "--setting", home, "--open").out == "No planned visits.\n"


def test_a_third_move_is_told(terminal: Terminal, home: str) -> None:
    plan = terminal.json("visits", "plan", home, "--on", DAY)["id"]
    for days in (1, 2, 3):
        day = (date.today() + timedelta(days=20 + days)).isoformat()
        out = terminal("visits", "planned", "move", plan, "--to", day, "--reason", "Snow").out
        assert ("your team lead sees it" in out) == (days == 3)


def test_what_is_due_is_listed_with_its_reason(terminal: Terminal, home: str) -> None:
    terminal("visits", "plan", home, "--on", DAY)
    out = terminal("visits", "due").out
    assert "First visit, joined on" in out
    assert f"planned for {DAY}" in out
    (due,) = terminal.json("visits", "due", "--setting", home, "--officer", "me")
    assert (due["due"]["rule"], due["planned_on"]) == ("first", DAY)
    assert terminal("visits", "due", "--until", "2020-01-01").out == "No visits are due.\n"
    assert "no user nobody" in terminal("visits", "due", "--officer", "nobody").refusal


def test_a_visit_names_the_plan_that_it_carries_out(terminal: Terminal, home: str) -> None:
    plan = terminal.json("visits", "plan", home, "--on", DAY)["id"]
    start = ("visits", "start", home, "--form", "residential-quality", "--purpose", "joint")
    assert "no planned visit" in terminal(*start, "--planned", "no-plan").refusal
    visit = terminal.json(*start, "--planned", plan)["id"]
    (planned,) = terminal.json("visits", "planned", "list")
    assert (planned["state"], planned["visit_id"]) == ("started", visit)


def test_visits_are_counted_by_what_is_asked(terminal: Terminal, visit: str) -> None:
    assert terminal("visits", "counts").out == "0 visits\n"
    found = terminal.json("visits", "counts", "--by", "type", "--by", "month", "--from", DAY)
    assert found == {"by": ["type", "month"], "counts": [], "total": 0}
    assert terminal("visits", "counts", "--by", "colour").status == 2
