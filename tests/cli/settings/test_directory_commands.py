"""`visitapp import`, `directory search` and `settings`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.directory.cqc import HEATHER, LARCH, write_cqc
from tests.support.directory.data import DATA
from tests.support.terminal.commands import Terminal
from visitapp.rules.choices import ServiceType

REAL = DATA / "cqc_latest_ratings_lincolnshire.csv.gz"
"""What the import of the real file may take."""


def test_import_counts_what_it_took(new_terminal: Terminal, tmp_path: Path) -> None:
    file = write_cqc(tmp_path / "ratings.csv")
    assert new_terminal.json("import", file) == {
        "files": [
            {
                "file": str(file),
                "kind": "cqc-ratings",
                "rows": 48,
                "settings": 4,
                "social_care": 3,
                "problems": [],
                "changes": 0,
                "held_changes": 0,
                "edition_on": "2026-05-29",
            }
        ]
    }


def test_import_reads_well_without_json(new_terminal: Terminal, tmp_path: Path) -> None:
    done = new_terminal("import", write_cqc(tmp_path / "ratings.csv"))
    assert "4 settings, 3 of them adult social care" in done.out


def test_the_real_file_imports_whole(new_terminal: Terminal) -> None:
    (taken,) = new_terminal.json("import", REAL)["files"]
    assert (taken["kind"], taken["rows"], taken["settings"], taken["social_care"]) == (
        "cqc-ratings",
        4159,
        478,
        356,
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02\x03" * 1000,
        os.urandom(4096),
        b"just,some,columns\n1,2,3\n",
        b"hello",
        b'{"referrals": {"value": "met"}}',
        b"\x1f\x8b\x08\x00truncated",
        b"PK\x03\x04truncated",
    ],
)
def test_a_file_that_is_no_directory_is_refused(
    terminal: Terminal, write: Callable[..., Path], content: bytes
) -> None:
    before = terminal.json("directory", "search", "heather")
    wrong = write("wrong.csv", content)
    assert str(wrong) in terminal("import", wrong, "--json").refusal
    assert terminal.json("directory", "search", "heather") == before


def test_a_huge_wrong_file_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    assert str(huge) in terminal("import", huge, "--json").refusal


def test_a_missing_file_and_a_folder_are_refused(terminal: Terminal, tmp_path: Path) -> None:
    assert "There is no such file" in terminal("import", tmp_path / "none.csv").refusal
    assert str(tmp_path) in terminal("import", tmp_path).refusal


@pytest.mark.parametrize("text", ["heath", "zz1 1aa", "ZZ11AA", "moorland", HEATHER.location_id])
def test_a_setting_is_found_by_what_one_knows_of_it(terminal: Terminal, text: str) -> None:
    found = {place["location_id"]: place for place in terminal.json("directory", "search", text)}
    assert found[HEATHER.location_id] == {
        "location_id": HEATHER.location_id,
        "name": "Heather Bank",
        "postcode": "ZZ1 1AA",
        "provider": "Moorland Homes Ltd",
        "local_authority": "Northmoor",
        "overall": "Good",
        "status": "",
        "service_types": ["Care Homes"],
    }


def test_a_search_that_finds_nothing_is_not_an_error(terminal: Terminal) -> None:
    assert terminal.json("directory", "search", "nowhere at all") == []
    assert terminal("directory", "search", "nowhere at all").out == "Nothing found.\n"
    assert len(terminal.json("directory", "search", "moorland", "--limit", 1)) == 1


def test_a_setting_is_added_once(terminal: Terminal) -> None:
    added = terminal.json("settings", "add", LARCH.location_id)
    assert (added["name"], added["service_type"]) == ("Larch Nursing Home", "nursing")
    assert set(added) == {"id", "name", "service_type"}
    again = terminal("settings", "add", LARCH.location_id, "--json")
    assert again.refusal == "Larch Nursing Home is already in the portfolio."
    assert len(terminal.json("settings", "list")) == 2


def test_an_unknown_location_is_refused(terminal: Terminal) -> None:
    assert "1-000000" in terminal("settings", "add", "1-000000").refusal


def test_the_portfolio_is_listed(terminal: Terminal, new_terminal: Terminal) -> None:
    (row,) = terminal.json("settings", "list")
    assert row["name"] == "Heather Bank"
    assert row["location_id"] == HEATHER.location_id
    assert (row["service_type"], row["rag"], row["postcode"], row["provider"]) == (
        "residential",
        "unrated",
        "ZZ1 1AA",
        "Moorland Homes Ltd",
    )
    assert row["id"] in terminal("settings", "list").out
    assert terminal.json("settings", "list", "--search", "larch") == []
    assert new_terminal("settings", "list").out == "The portfolio is empty.\n"


def test_a_setting_added_by_hand_takes_the_type_that_lists_print(
    new_terminal: Terminal,
) -> None:
    new_terminal("name", "June Doe")
    for type_ in ServiceType:
        add = ("settings", "add", "--manual", f"Rowan {type_}", "--type", type_.value)
        assert new_terminal.json(*add)["service_type"] == type_.value
    guide = Path("docs/user-guide.md").read_text()
    [passage] = [text for text in guide.split("\n\n") if "`visitapp settings add --manual" in text]
    assert [type_ for type_ in ServiceType if f"`{type_.value}`" not in passage] == []


def test_facts_are_recorded_and_listed_by_kind(terminal: Terminal) -> None:
    setting = terminal.json("settings", "list")[0]["id"]
    facts = ("settings", "facts")
    terminal.json(*facts, "add", setting, "manager", "Ann Doe", "--source", "The home")
    terminal.json(*facts, "add", setting, "beds", "40", "--source", "The home")
    found = terminal.json(*facts, "list", setting, "--kind", "beds")
    assert [one["content"] for one in found] == ["40"]
