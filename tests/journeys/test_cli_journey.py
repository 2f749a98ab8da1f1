"""The whole journey through the command line: two devices and a real server process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms.catalogue.catalogue import shipped
from tests.support.directory.cqc import HEATHER, LARCH, write_cqc
from tests.support.forms.answers import best_answers
from tests.support.storage.postgres import fresh_database
from tests.support.terminal.commands import Council, Terminal

FORM = "residential-quality"


LATER = ("--reason", "The provider asked for more time")


@pytest.fixture(params=["sqlite", "postgresql"])
def council(request: pytest.FixtureRequest, tmp_path: Path) -> Council:
    """A server with an officer and a team lead, over either database."""
    if request.param == "sqlite":
        database = f"sqlite:///{tmp_path / 'server.db'}"
    else:
        database = fresh_database(request.getfixturevalue("postgres"))
    council = Council(database)
    council.add_user("olive", "officer", "north")
    council.add_user("lena", "lead", "north")
    return council


def answers_file(folder: Path) -> Path:
    """Complete answers with one finding."""
    answers = best_answers(shipped().form(FORM))
    answers["referrals"] = {"value": "not_met", "note": "Two of five were not referred."}
    path = folder / "answers.json"
    path.write_text(json.dumps(answers), encoding="utf-8")
    return path


@pytest.mark.timeout(600)
def test_from_a_public_directory_to_an_approved_visit(council: Council, tmp_path: Path) -> None:
    officer, lead = Terminal(tmp_path / "officer"), Terminal(tmp_path / "lead")

    # Offline: find the setting, visit it, sign off.
    officer.json("import", write_cqc(tmp_path / "cqc.csv"))
    (place,) = officer.json("directory", "search", "heather")
    setting = officer.json("settings", "add", place["location_id"])["id"]
    visit = officer.json("visits", "start", setting, "--form", FORM, "--purpose", "annual")["id"]
    outcome = officer.json("visits", "answers", visit, answers_file(tmp_path))
    assert outcome["overall"] == "red"
    assert officer.json("visits", "rate", visit) == outcome
    action = officer.json(
        *("actions", "add", visit, "--title", "Refer the two", "--due", "2026-12-01"),
        *("--priority", "high", "--question", "referrals"),
    )["id"]
    assert officer.json("visits", "sign-off", visit)["status"] == "signed_off"

    with council.serving() as url:
        # Online: everything reaches the lead, who approves.
        officer.json("connect", url, "--user", "olive", "--password-stdin", stdin="olive\n")
        sent = officer.json("sync")
        assert sent["refused"] == []
        assert sent["accepted"] == sent["sent"] > 95
        assert officer.json("sync")["sent"] == 0
        lead.json("connect", url, "--user", "lena", "--password-stdin", stdin="lena\n")
        assert lead.json("sync")["received"] >= sent["sent"]
        seen = lead.json("visits", "show", visit)
        assert seen["outcome"] == outcome
        assert seen["answers"]["referrals"]["note"] == "Two of five were not referred."
        assert [one["id"] for one in seen["actions"]] == [action]
        assert [one["id"] for one in lead.json("settings", "list")] == [setting]
        lead.json("visits", "approve", visit, "--at-once")
        assert lead.json("sync")["refused"] == []

        # The officer sees it.
        assert officer.json("sync")["received"] > 0
        approved = officer.json("visits", "show", visit)
        assert (approved["status"], approved["review"]["decision"]) == ("approved", "approved")

        # Both change one field apart: nothing is dropped, a person decides.
        officer.json("actions", "update", action, "--set", "due_on=2026-12-05", *LATER)
        lead.json("actions", "update", action, "--set", "due_on=2026-12-09", *LATER)
        assert officer.json("sync")["conflicts"] == 0
        assert lead.json("sync")["conflicts"] == 1
        (conflict,) = lead.json("conflicts", "list")
        assert (conflict["server_value"], conflict["other_value"]) == ("2026-12-05", "2026-12-09")
        lead.json("conflicts", "settle", conflict["id"], "--keep", "mine")
        assert lead.json("sync")["refused"] == []
        officer.json("sync")
        assert officer.json("conflicts", "list") == []
        assert officer.json("actions", "list")[0]["due_on"] == "2026-12-09"

        # A second setting reaches the lead too, by what the officer adds.
        officer.json("settings", "add", LARCH.location_id)
        officer.json("sync")
        lead.json("sync")
        assert {one["location_id"] for one in lead.json("settings", "list")} == {
            HEATHER.location_id,
            LARCH.location_id,
        }


@pytest.mark.timeout(600)
def test_a_returned_visit_comes_back_and_is_signed_off_again(tmp_path: Path) -> None:
    council = Council(f"sqlite:///{tmp_path / 'server.db'}")
    council.add_user("olive", "officer", "north")
    council.add_user("lena", "lead", "north")
    officer, lead = Terminal(tmp_path / "officer"), Terminal(tmp_path / "lead")
    with council.serving() as url:
        officer.json("connect", url, "--user", "olive", "--password-stdin", stdin="olive\n")
        lead.json("connect", url, "--user", "lena", "--password-stdin", stdin="lena\n")
        officer.json("import", write_cqc(tmp_path / "cqc.csv"))
        setting = officer.json("settings", "add", HEATHER.location_id)["id"]
        visit = officer.json("visits", "start", setting, "--form", FORM)["id"]
        officer.json("visits", "answers", visit, answers_file(tmp_path))
        officer.json("visits", "sign-off", visit)
        officer.json("sync")
        lead.json("sync")
        lead.json("visits", "return", visit, "--comment", "Which two were not referred?")
        lead.json("sync")
        officer.json("sync")
        returned = officer.json("visits", "show", visit)
        assert returned["status"] == "returned"
        assert returned["review"]["comment"] == "Which two were not referred?"
        mended = tmp_path / "mended.json"
        mended.write_text('{"referrals": {"value": "met", "note": "Both were."}}', encoding="utf-8")
        officer.json("visits", "answers", visit, mended)
        officer.json("visits", "sign-off", visit)
        assert officer.json("sync")["refused"] == []
        lead.json("sync")
        assert lead.json("visits", "show", visit)["outcome"]["overall"] == "green"
        # The worse rating stands until the better one is approved.
        assert lead.json("settings", "list")[0]["rag"] == "red"
        lead.json("visits", "approve", visit, "--at-once")
        assert lead.json("settings", "list")[0]["rag"] == "green"
        assert lead.json("sync")["refused"] == []
        officer.json("sync")
        assert officer.json("settings", "list")[0]["rag"] == "green"
