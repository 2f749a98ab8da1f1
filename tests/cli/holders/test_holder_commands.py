"""A lead arranges who holds what from a terminal."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.terminal.commands import Terminal
from visitapp.records import Role, Setting, User


@pytest.fixture
def setting(terminal: Terminal, keyring: MemoryKeyring) -> str:
    """The id of the setting that Ann holds; the terminal is that of Lee, who leads."""
    (row,) = terminal.json("settings", "list")
    with open_desk(terminal.data_dir, Clock(), keyring) as desk:
        bring(desk, ann=Role.OFFICER, bob=Role.OFFICER, lee=Role.LEAD)
        with desk.desk.database.applying() as session:
            held = session.get_one(Setting, row["id"])
            held.officer_id, held.team = "ann", "West"
        become(desk, "lee")
    return str(row["id"])


def test_a_setting_is_handed_over_and_that_is_withdrawn(terminal: Terminal, setting: str) -> None:
    later = "2099-01-04"
    (made,) = terminal.json(
        *("settings", "hand-over", setting, "--to", "bob"),
        *("--from", later, "--note", "Part-time", "--keep-visits"),
    )
    assert (made["to_officer"], made["starts_on"], made["drafts"]) == ("Bob Doe", later, False)
    assert terminal.json("hand-overs", "list", "--planned") == [made]
    assert "Ann Doe > Bob Doe" in terminal("hand-overs", "list").out
    assert terminal("hand-overs", "withdraw", made["id"]).out == "The hand-over was withdrawn.\n"
    assert terminal("hand-overs", "list").out == "No hand-overs.\n"


def test_cover_is_arranged_moved_and_ended(terminal: Terminal, setting: str) -> None:
    days = ("--from", "2099-01-04", "--to", "2099-01-10")
    (made,) = terminal.json("covers", "add", "--for", "ann", "--by", "bob", *days)
    assert (made["setting_id"], made["deputy"]) == (setting, "Bob Doe")
    changed = terminal.json("covers", "edit", made["id"], "--to", "2099-01-12")
    assert terminal.json("covers", "list") == [changed]
    assert "Planned" in terminal("covers", "list").out
    assert terminal.json("covers", "end", made["id"])["over"]
    assert terminal("covers", "list").out == "No cover.\n"


def test_a_delegate_is_named_moved_and_ended(
    terminal: Terminal, setting: str, keyring: MemoryKeyring
) -> None:
    with open_desk(terminal.data_dir, Clock(), keyring) as desk:
        bring(desk, dee=Role.LEAD)
        with desk.desk.database.applying() as session:
            session.get_one(User, "dee").team = "East"
    days = ("--from", "2099-01-04", "--to", "2099-01-10", "--reason", "Leave")
    made = terminal.json("delegates", "name", "dee", *days)
    assert (made["lead"], made["deputy"], made["settings"]) == ("Lee Doe", "Dee Doe", 1)
    terminal("delegates", "edit", made["id"], "--to", "2099-01-12")
    assert terminal.json("delegates", "list") == [{**made, "ends_on": "2099-01-12"}]
    assert "for Lee Doe" in terminal("delegates", "list").out
    assert terminal("delegates", "end", made["id"]).out == "Ended.\n"
    assert terminal("delegates", "list").out == "No delegates.\n"
    refused = terminal("delegates", "name", "bob", *days).refusal
    assert refused == "A delegate reviews and decides, so it must be another team lead."


def test_a_leaver_is_listed_and_everything_handed_over(terminal: Terminal, setting: str) -> None:
    assert setting in terminal("holders", "show", "ann").out
    assert "All of it goes to bob." in terminal("holders", "hand-over", "ann", "--to", "bob").out
    (made,) = terminal.json("hand-overs", "list")
    assert made["setting_id"] == setting
    assert terminal("holders", "show", "lee").out == "lee holds nothing here.\n"


def test_wrong_use_is_said(terminal: Terminal, setting: str) -> None:
    assert terminal("settings", "hand-over", "--to", "bob").status == 2
    days = ("--from", "2099-01-04", "--to", "2099-01-10")
    assert terminal("covers", "add", "--by", "bob", *days).status == 2
    assert terminal("settings", "hand-over", setting, "--to", "zoe").refusal != ""
