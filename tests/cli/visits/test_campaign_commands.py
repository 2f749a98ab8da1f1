"""`visitapp campaigns`."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.terminal.commands import Terminal
from visitapp.records import Role, Setting

START = ("campaigns", "start", "Records", "--form", "care-records-audit", "--to", "2099-01-30")


@pytest.fixture
def setting(terminal: Terminal, keyring: MemoryKeyring) -> str:
    """The id of the setting that Ann holds; the terminal is that of Lee, who leads."""
    (row,) = terminal.json("settings", "list")
    with open_desk(terminal.data_dir, Clock(), keyring) as desk:
        bring(desk, ann=Role.OFFICER, lee=Role.LEAD)
        with desk.desk.database.applying() as session:
            session.get_one(Setting, row["id"]).officer_id = "ann"
        become(desk, "lee")
    return str(row["id"])


def test_an_officer_lists_campaigns_and_starts_none(terminal: Terminal) -> None:
    assert terminal.json("campaigns", "list") == []
    assert terminal("campaigns", "list").out == "No campaigns.\n"
    assert "Only a team lead" in terminal(*START, "--json").refusal
    for command in (("show", "x"), ("close", "x", "--words", "Done")):
        assert "no campaign" in terminal("campaigns", *command, "--json").refusal


def test_a_lead_starts_follows_and_closes_one(terminal: Terminal, setting: str) -> None:
    days = ("--from", "2099-01-05")
    assert "No setting is left" in terminal(*START, *days, "--type", "day", "--json").refusal
    made = terminal.json(*START, *days, "--officer", "ann", "--team", "")
    assert made["planned"] == 1
    (row,) = terminal.json("campaigns", "list")
    assert (row["id"], row["state"]) == (made["campaign_id"], "running")
    out = terminal("campaigns", "show", row["id"]).out
    assert "0 of 1 done." in out
    assert "5 Jan 2099, Heather Bank, Ann Doe, planned" in out
    (plan,) = terminal.json("visits", "planned", "list")
    assert plan["campaign"] == "Records"
    close = ("campaigns", "close", row["id"], "--words")
    assert "in a sentence" in terminal(*close, " ", "--json").refusal
    closed = terminal.json(*close, "Records are sound.")
    assert (closed["state"], closed["words"]) == ("closed", "Records are sound.")
    (plan,) = terminal.json("visits", "planned", "list")
    assert plan["status"] == "cancelled"
    assert "ended already" in terminal("campaigns", "withdraw", row["id"], "--reason", "x").err
