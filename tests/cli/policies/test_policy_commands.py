"""`visitapp policy`: without records for what needs none, and over a real server for the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.policies.texts import first_visit_within, policy_text, red_within
from tests.support.terminal.commands import Terminal
from visitapp.dates import long_day
from visitapp.rules.policy.check import check_policy
from visitapp.rules.policy.read import shipped_text

Write = Callable[..., Path]
TODAY = date.today()
LATER = TODAY + timedelta(days=400)
RED_SOONER = red_within(2)


@pytest.fixture
def bare(tmp_path: Path) -> Terminal:
    """A terminal whose data folder cannot be: commands that need it would fail."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    return Terminal(tmp_path / "file" / "data")


def test_a_good_file_is_good(bare: Terminal, write: Write) -> None:
    file = write("ours.yaml", policy_text("2027.1", TODAY))
    assert bare("policy", "check", file).out == f"{file}: no faults\n"
    assert bare.json("policy", "check", file)["files"] == [{"file": str(file), "faults": []}]


def test_every_fault_is_listed_and_the_command_refuses(bare: Terminal, write: Write) -> None:
    text = policy_text("2027.1", TODAY, red_within(0), ("id: falls", "id: medicines"))
    file = write("bad.yaml", text)
    ran = bare("policy", "check", file)
    assert ran.status == 1
    lines = [fault.line for fault in check_policy(text, "")]
    assert [line.split(":")[1] for line in ran.out.splitlines()] == [str(line) for line in lines]
    assert "1 more fault" in ran.err
    faults = json.loads(bare("policy", "check", file, "--json").out)["files"][0]["faults"]
    assert [fault["line"] for fault in faults] == lines
    assert "no such file" in bare("policy", "check", file.parent / "none.yaml").err


def test_the_policy_that_ships_is_shown_in_words(bare: Terminal) -> None:
    out = bare("policy", "show").out
    assert out.startswith("Policy 2026.1, in force from 1 January 2026\n")
    assert "\nHow often settings are visited.\n" in out
    assert "  Amber: Visit: Annual quality visit; Quality rating: amber; Within: 6 months; " in out
    assert "  The bank holidays: England and Wales\n" in out
    assert "  When a better rating stands: when a team lead approves it\n" in out
    assert bare("policy", "show", "2026.1").out == out
    assert bare("policy", "show", "--yaml").out == shipped_text()
    told = bare.json("policy", "show")
    assert (told["version"], told["in_force_from"]) == ("2026.1", "2026-01-01")
    red = {"section": "visits", "path": "rules.red"}
    (rule,) = [rule for rule in told["rules"] if red.items() <= rule.items()]
    assert "Intervention: none; Within: 3 months" in rule["value"]
    assert "no policy 2031" in bare("policy", "show", "2031").refusal


def test_the_text_is_written_to_begin_from(bare: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "ours.yaml"
    bare("policy", "show", "--out", out)
    assert out.read_text(encoding="utf-8") == shipped_text()
    assert bare("policy", "show", "--out", out).status == 1


def test_the_changes_and_what_follows_are_told(bare: Terminal, write: Write) -> None:
    changes = (
        RED_SOONER,
        ("better_at: approval", "better_at: sign_off"),
        ("  - {id: falls, label: Falls, area: health_safety}\n", ""),
    )
    file = write("ours.yaml", policy_text("2027.1", LATER, *changes))
    red = (
        "Visit: Annual quality visit; Quality rating: red; Intervention: none; Within: {n} "
        "months; Counted from: the last such visit"
    )
    assert bare("policy", "diff", file).out.splitlines() == [
        f"Policy 2027.1, in force from {long_day(LATER)}",
        "",
        "How often settings are visited.",
        f"  changed   Red: {red.format(n=3)} → {red.format(n=2)}",
        "  Due dates move on the first day of the new version. Recorded and planned visits do not "
        "change.",
        "",
        "When a rating stands.",
        "  changed   When a better rating stands: when a team lead approves it → at sign-off",
        "  It applies to sign-offs and reviews that the server receives from that day on. "
        "Existing ratings do not change.",
        "",
        "The themes of concerns, incidents and findings.",
        "  removed   Falls: Area: health and safety",
        "  Concerns that are logged from that day on can have these themes. A concern keeps a "
        "theme that is no longer listed.",
    ]
    told = bare.json("policy", "diff", "2026.1", file)
    assert [section["section"] for section in told["sections"]] == ["visits", "ratings", "themes"]
    assert told["sections"][0]["changes"][0]["after"] == red.format(n=2)
    same = write("same.yaml", policy_text("2027.2", LATER))
    assert bare("policy", "diff", same).out == "Nothing changed in the rules.\n"
    assert bare("policy", "diff", write("bad.yaml", "a: 1")).status == 1


def test_a_policy_travels_from_a_file_to_every_device(
    lee: Terminal, ann: Terminal, write: Write
) -> None:
    file = write("ours.yaml", policy_text("2027.1", TODAY, first_visit_within(1)))
    before = ann.json("settings", "list")[0]["next_due"]
    told = lee("policy", "publish", file).out
    assert told.startswith(f"Published policy 2027.1, in force from {TODAY}.\n")
    assert "next sync" in told
    again = lee.json("policy", "publish", file)
    assert set(again) == {"version", "in_force_from", "digest", "published_at", "revision"}
    planned = write("later.yaml", policy_text("2027.2", LATER))
    lee("policy", "publish", planned)
    assert "2026.1" in ann("policy", "list").out
    ann.json("sync")
    states = {one["version"]: one["state"] for one in ann.json("policy", "list")}
    assert states == {"2026.1": "replaced", "2027.1": "in_force", "2027.2": "planned"}
    assert ann("policy", "show").out.startswith("Policy 2027.1")
    assert ann("policy", "show", "2027.2", "--yaml").out == planned.read_text(encoding="utf-8")
    assert ann.json("settings", "list")[0]["next_due"] < before
    (changes,) = ann.json("policy", "diff", "2026.1", "2027.1")["sections"]
    assert "Within: 28 days" in changes["changes"][0]["before"]


def test_what_the_server_refuses_is_one_sentence(
    lee: Terminal, ann: Terminal, write: Write
) -> None:
    file = write("ours.yaml", policy_text("2028.5", TODAY))
    assert "team lead" in ann("policy", "publish", file).refusal
    lee("policy", "publish", file)
    other = write("other.yaml", policy_text("2028.5", TODAY, RED_SOONER))
    assert "was published with a different text" in lee("policy", "publish", other).refusal
    older = write("older.yaml", policy_text("2028.4", TODAY))
    assert "not newer than 2028.5" in lee("policy", "publish", older).refusal
    past = write("past.yaml", policy_text("2028.6", TODAY - timedelta(days=3)))
    assert "has passed" in lee("policy", "publish", past).refusal
    bad = write("bad.yaml", policy_text("2028.7", TODAY, red_within(0)))
    ran = lee("policy", "publish", bad)
    assert ran.status == 1
    assert ran.out.startswith(f"{bad}:19: `within` is 0.")


def test_a_device_that_is_not_connected_says_so(new_terminal: Terminal, write: Write) -> None:
    file = write("ours.yaml", policy_text("2027.1", TODAY))
    assert "not connected" in new_terminal("policy", "publish", file).refusal
