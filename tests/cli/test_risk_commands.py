"""`visitapp risk`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from forms.catalogue.catalogue import Library, shipped
from tests.support.directory.cqc import HEADER, HEATHER
from tests.support.forms.versions import UNCHANGED
from tests.support.terminal.commands import Terminal

MODEL = "kent-ten"
REST = (
    *("--answer", "manager_change=in_post", "--answer", "self_assessment=75"),
    *("--answer", "feedback=green", "--answer", "hygiene_rating=5"),
    *("--answer", "fire_governance=green", "--answer", "site_safety=amber"),
    *("--answer", "concerns_open=1", "--answer", "placement_status=open"),
)


@pytest.fixture
def setting(terminal: Terminal) -> str:
    return str(terminal.json("settings", "list")[0]["id"])


def test_assess_tells_what_was_filled_and_what_is_left(terminal: Terminal, setting: str) -> None:
    found = terminal.json("risk", "assess", setting, "--model", MODEL)
    assert found["setting_id"] == setting
    assert found["model"] == {"id": MODEL, "version": UNCHANGED}
    (regulator,) = [one for one in found["filled"] if one["question"] == "regulator_overall"]
    assert set(regulator) == {"question", "value", "origin", "at"}
    assert (regulator["value"], regulator["at"]) == ("good", "2026-05-29")
    assert "concerns_open" in found["by_hand"]
    assert found["overridden"] == []
    assert found["outcome"]["form"] == found["model"]
    assert terminal.json("visits", "list") == []


def test_an_override_is_refused_without_a_reason_and_kept_with_one(
    terminal: Terminal, setting: str
) -> None:
    override = ("--override", "regulator_overall=inadequate")
    assess = ("risk", "assess", setting, "--model", MODEL)
    assert "reason" in terminal(*assess, *override, "--json").refusal
    assert terminal.json("risk", "list") == []
    terminal.json(*assess, *override, "--reason", "Enforcement since", *REST)
    found = terminal.json(*assess)
    assert found["by_hand"] == []
    (kept,) = found["overridden"]
    assert (kept["question"], kept["value"]) == ("regulator_overall", "inadequate")
    assert (kept["filled"]["value"], kept["reason"]) == ("good", "Enforcement since")
    assert kept["filled"] in found["filled"]
    signed = terminal.json("risk", "sign-off", found["id"])
    assert signed["status"] == "signed_off"
    assert terminal.json("risk", "show", found["id"]) == signed
    (line,) = terminal.json("risk", "list", setting)
    assert (line["id"], line["rag"]) == (found["id"], signed["outcome"]["overall"])


def test_people_can_read_it(terminal: Terminal, setting: str) -> None:
    override = ("--override", "regulator_overall=inadequate", "--reason", "Enforcement since")
    out = terminal("risk", "assess", setting, "--model", MODEL, *override).out
    for words in (
        "regulator_overall: inadequate instead of good. Enforcement since",
        "Care Quality Commission, rating: Good, published 29 May 2026.",
        "Still to be answered",
    ):
        assert words in out
    assert MODEL in terminal("risk", "list").out


def test_a_signed_assessment_is_frozen(terminal: Terminal, setting: str) -> None:
    found = terminal.json("risk", "assess", setting, "--model", MODEL, *REST)
    terminal.json("risk", "sign-off", found["id"])
    assert "signed off" in terminal("risk", "sign-off", found["id"], "--json").refusal


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("--model", "residential-quality"), "not a risk model"),
        (("--model", "no-such-model"), "no-such-model"),
        (("--model", MODEL, "--answer", "weather=fine"), "weather"),
        (("--model", MODEL, "--answer", "concerns_open=several"), "several"),
    ],
)
def test_what_cannot_be_assessed_is_refused(
    terminal: Terminal, setting: str, args: tuple[str, ...], word: str
) -> None:
    assert word in terminal("risk", "assess", setting, *args, "--json").refusal
    assert terminal.json("risk", "list") == []


def test_a_pair_without_its_sign_is_wrong_usage(terminal: Terminal, setting: str) -> None:
    ran = terminal("risk", "assess", setting, "--model", MODEL, "--answer", "feedback")
    assert (ran.status, "QUESTION=VALUE" in ran.err) == (2, True)


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_key_question_is_filled_from_the_latest_edition_in_the_file(
    tmp_path: Path, newest_first: bool
) -> None:
    library = tmp_path / "library"
    library.mkdir()
    text = (
        shipped()
        .text(MODEL, UNCHANGED)
        .replace("source: regulator.overall", "source: regulator.safe")
    )
    (library / "model.yaml").write_text(text, encoding="utf-8")
    editions = [("Good", "20/05/2021"), ("Inadequate", "20/05/2026")]
    with (tmp_path / "ratings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        for rating, day in editions[::-1] if newest_first else editions:
            for domain in ("Safe", "Overall"):
                writer.writerow(_rated(rating, day, domain))
    terminal = Terminal(tmp_path / "data", library=Library(library))
    terminal.json("import", str(tmp_path / "ratings.csv"))
    setting = terminal.json("settings", "add", HEATHER.location_id)["id"]
    found = terminal.json("risk", "assess", setting, "--model", MODEL)
    (filled,) = [one for one in found["filled"] if one["question"] == "regulator_overall"]
    assert (filled["value"], filled["at"]) == ("inadequate", "2026-05-20")


def _rated(rating: str, day: str, domain: str) -> dict[str, str]:
    return {
        "Location ID": HEATHER.location_id,
        "Location Name": HEATHER.name,
        "Location Type": "Social Care Org",
        "Service / Population Group": "Overall",
        "Domain": domain,
        "Latest Rating": rating,
        "Publication Date": day,
    }


def test_the_ranking_and_the_live_risk_of_a_setting(terminal: Terminal, setting: str) -> None:
    terminal.json("risk", "assess", setting, "--model", "twelve-factor", "--answer", "turnover=40")
    rows = terminal.json("risk", "ranking")
    assert setting in [row["setting_id"] for row in rows]
    first, *_ = terminal("risk", "ranking").out.splitlines()
    assert first == "Scores are out of 100: a lower score is riskier."
    assert terminal.json("risk", "ranking", "--type", "advocacy") == []
    assert "Not enough known" in terminal("risk", "ranking", "--by", "contract").out
    live = terminal.json("risk", "live", setting)
    asked = [one for own in live["inputs"].values() for one in own if one["question"] == "turnover"]
    assert [one["answer"] for one in asked] == ["40%"]
    assert "What share of care staff left" in terminal("risk", "live", setting).out
    assert "nobody" in terminal("risk", "ranking", "--officer", "nobody", "--json").refusal
