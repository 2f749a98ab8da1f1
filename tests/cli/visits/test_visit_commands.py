"""`visitapp visits` and `visitapp report`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, open_desk, signed_off_visit
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.paper.pdfs import read_page
from tests.support.terminal.commands import Terminal
from visitapp.records import Role

FORM = "residential-quality"
Answers = dict[str, dict[str, Any]]
Write = Callable[..., Path]


def test_start_names_the_pinned_form(terminal: Terminal) -> None:
    setting = terminal.json("settings", "list")[0]["id"]
    started = terminal.json(
        *("visits", "start", setting, "--form", FORM, "--purpose", "joint", "--unannounced"),
        *("--visited-on", "2026-11-20", "--joined-by", "Health Protection"),
    )
    assert set(started) == {"id", "form"}
    assert started["form"]["id"] == FORM
    shown = terminal.json("visits", "show", started["id"])
    assert (shown["purpose"], shown["visited_on"]) == ("joint", "2026-11-20")
    assert (shown["announced"], shown["joined_by"]) == (False, "Health Protection")
    again = terminal("visits", "start", setting, "--form", FORM).out.splitlines()
    assert f"Also open here: visit {started['id']} of 2026-11-20." in again


def test_start_tells_of_a_visit_that_is_done_on_the_same_day(
    terminal: Terminal, keyring: MemoryKeyring
) -> None:
    with open_desk(terminal.data_dir, Clock(), keyring) as desk:
        setting = desk.portfolio.rows()[0].setting_id
        done = signed_off_visit(desk, setting).summary
    start = ("visits", "start", setting, "--form", FORM, "--visited-on")
    said = f"Already signed off here on this day: visit {done.id}."
    assert said in terminal(*start, done.visited_on).out
    assert said not in terminal(*start, "2026-11-20").out


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--form", "no-such-form"), "no-such-form"),
        (("--form", FORM, "--purpose", "holiday"), "holiday"),
        (("--form", FORM, "--visited-on", "2026-02-30"), "2026-02-30"),
        (("--form", "early-warning"), "early-warning"),
    ],
)
def test_a_visit_that_cannot_start_is_refused(
    terminal: Terminal, options: tuple[str, ...], word: str
) -> None:
    setting = terminal.json("settings", "list")[0]["id"]
    assert word in terminal("visits", "start", setting, *options, "--json").refusal
    assert terminal.json("visits", "list") == []


def test_a_blind_visit_prints_no_outcome_until_all_is_answered(
    terminal: Terminal, complete: Answers, write: Write
) -> None:
    setting = terminal.json("settings", "list")[0]["id"]
    visit = terminal.json("visits", "start", setting, "--form", FORM, "--blind")["id"]
    hidden = "The outcome is hidden until all questions are answered."
    last = "referrals"
    given = {name: answer for name, answer in complete.items() if name != last}
    answered = terminal("visits", "answers", visit, write("answers.json", given)).out
    assert answered.strip() == hidden
    assert terminal("visits", "rate", visit).out.strip() == hidden
    assert terminal.json("visits", "rate", visit) == {"hidden": True, "unanswered": [last]}
    shown = terminal("visits", "show", visit).out
    assert hidden in shown
    assert "Red" not in shown
    told = terminal.json("visits", "show", visit)
    assert (told["blind"], told["hidden"], told["outcome"]) == (True, True, None)
    outcome = terminal.json("visits", "answers", visit, write("last.json", {last: complete[last]}))
    assert outcome["overall"] == "red"
    assert terminal("visits", "rate", visit).out.startswith("Red")


def test_a_contract_review_names_its_contract(terminal: Terminal) -> None:
    setting = terminal.json("settings", "list")[0]["id"]
    start = ("visits", "start", setting, "--form", "contract-review")
    assert "“C-9” is not a contract of" in terminal(*start, "--contract", "C-9").refusal
    started = terminal.json(*start)["id"]
    assert terminal.json("visits", "show", started)["contract"] == ""


def test_a_discarded_visit_is_in_no_list(terminal: Terminal, visit: str) -> None:
    done = terminal.json("visits", "discard", visit, "--reason", "Started for the wrong home")
    assert done == {"id": visit, "discarded": True}
    assert terminal.json("visits", "list") == []


def test_answers_give_the_outcome_with_its_reasons(
    terminal: Terminal, visit: str, complete: Answers, write: Write
) -> None:
    outcome = terminal.json("visits", "answers", visit, write("answers.json", complete))
    assert set(outcome) == {
        *("form", "engine", "overall", "percent", "coverage", "provisional"),
        *("areas", "because", "also", "would_change", "unanswered"),
    }
    assert (outcome["overall"], outcome["coverage"], outcome["unanswered"]) == ("red", 100, [])
    assert any(one.get("question") == "referrals" for one in outcome["because"])
    assert terminal.json("visits", "rate", visit) == outcome
    assert outcome["would_change"][0]["answers"] == [{"question": "referrals", "value": "met"}]


def test_answers_read_well_without_json(terminal: Terminal, visit: str, write: Write) -> None:
    finding = {"referrals": {"value": "not_met", "note": "Two were late."}}
    done = terminal("visits", "answers", visit, write("answers.json", finding))
    assert done.out.startswith("Red")
    assert "Why" in done.out
    shown = terminal("visits", "show", visit).out
    assert "Not met" in shown
    assert terminal("visits", "rate", visit).out == done.out


def test_a_file_changes_only_what_it_names(terminal: Terminal, visit: str, write: Write) -> None:
    first = {"referrals": {"value": "met", "note": "Log seen."}, "dignity": {"value": "partly"}}
    terminal.json("visits", "answers", visit, write("1.json", first))
    terminal.json("visits", "answers", visit, write("2.json", {"referrals": {"value": "partly"}}))
    assert terminal.json("visits", "show", visit)["answers"] == {
        "referrals": {"value": "partly", "note": "Log seen."},
        "dignity": {"value": "partly"},
    }


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b'{"referrals": {"value": "met"',
        b"[]",
        b'"met"',
        b"null",
        b'{"referrals": "met"}',
        b'{"referrals": ["met"]}',
        b'{"referrals": {"value": NaN}}',
        b"\x00\x01\x02\xff",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        '{"referrals": {"value": "met"}}'.encode("utf-16"),
        '{"referrals": {"value": "met", "note": "Café"}}'.encode("cp1252"),
        b'{"a":' * 100_000,
        b'{"referrals": {"value": "splendid"}}',
        b'{"referrals": {"value": "met"}, "nobody_asked": {"value": "met"}}',
        b'{"referrals": {"value": "met", "colour": "red"}}',
        b'{"plans_reviewed": {"checked": 3, "met": 5}}',
        b'{"plans_reviewed": {"checked": 99999999999999999999, "met": 5}}',
        b'{"referrals": {"note": "a\\u0000b"}}',
        b'{"referrals": {"note": "\\ud800"}}',
        b"form: {id: residential-quality}",
    ],
)
def test_a_file_that_is_not_answers_is_refused_and_changes_nothing(
    terminal: Terminal, visit: str, write: Write, content: bytes
) -> None:
    wrong = write("wrong.json", content)
    assert str(wrong) in terminal("visits", "answers", visit, wrong, "--json").refusal
    assert terminal.json("visits", "show", visit)["answers"] == {}


def test_a_refusal_names_the_first_fault_and_counts_them(
    terminal: Terminal, visit: str, write: Write
) -> None:
    wrong = write("wrong.json", {"nobody_asked": {"value": "met"}, "dignity": {"value": "great"}})
    refusal = terminal("visits", "answers", visit, wrong).refusal
    assert "2 faults" in refusal
    assert "nobody_asked" in refusal


def test_a_huge_file_a_folder_and_no_file_are_refused(
    terminal: Terminal, visit: str, tmp_path: Path
) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    assert "larger than 5 MB" in terminal("visits", "answers", visit, huge).refusal
    assert "not a file" in terminal("visits", "answers", visit, tmp_path).refusal
    assert "no such file" in terminal("visits", "answers", visit, tmp_path / "none").refusal


def test_a_byte_order_mark_does_no_harm(terminal: Terminal, visit: str, write: Write) -> None:
    marked = write("marked.json", b'\xef\xbb\xbf{"referrals": {"value": "met"}}')
    assert terminal.json("visits", "answers", visit, marked)["overall"] == "green"


def test_sign_off_waits_until_nothing_is_missing(
    terminal: Terminal, visit: str, complete: Answers, write: Write
) -> None:
    refusal = terminal("visits", "sign-off", visit, "--json").refusal
    assert "things are missing" in refusal
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    signed = terminal.json("visits", "sign-off", visit)
    assert (signed["status"], signed["outcome"]["overall"]) == ("signed_off", "red")
    assert "signed off" in terminal("visits", "sign-off", visit).refusal
    more = write("more.json", {"referrals": {"value": "met"}})
    assert "signed off" in terminal("visits", "answers", visit, more).refusal
    assert terminal.json("visits", "show", visit)["answers"]["referrals"]["value"] == "not_met"


def test_show_holds_what_scripts_read(
    terminal: Terminal, visit: str, complete: Answers, write: Write
) -> None:
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    shown = terminal.json("visits", "show", visit)
    assert (shown["id"], shown["status"], shown["review"]) == (visit, "draft", None)
    assert shown["answers"] == complete
    assert shown["outcome"] == terminal.json("visits", "rate", visit)
    assert (shown["actions"], shown["needs"]) == ([], [])


def test_visits_are_listed_and_narrowed(terminal: Terminal, visit: str) -> None:
    (row,) = terminal.json("visits", "list")
    assert (row["id"], row["status"], row["setting"]) == (visit, "draft", "Heather Bank")
    assert terminal.json("visits", "list", "--status", "approved") == []
    assert terminal.json("visits", "list", "--setting", "elsewhere") == []
    assert visit in terminal("visits", "list").out


def test_an_officer_cannot_review(
    terminal: Terminal, visit: str, complete: Answers, write: Write
) -> None:
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    terminal.json("visits", "sign-off", visit)
    assert "team lead" in terminal("visits", "approve", visit).refusal
    assert "team lead" in terminal("visits", "return", visit, "--comment", "Why?").refusal


def test_a_lead_approves_undoes_and_reopens(
    terminal: Terminal, visit: str, complete: Answers, write: Write, keyring: MemoryKeyring
) -> None:
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    terminal.json("visits", "sign-off", visit)
    with open_desk(terminal.data_dir, Clock(), keyring) as desk:
        officer = desk.me().id
        bring(desk, lee=Role.LEAD)
        become(desk, "lee")
    said = terminal("visits", "approve", visit, "--comment", "Good work.").out
    assert "approved" in said
    assert "--undo" in said
    both = terminal("visits", "approve", visit, "--undo", "--at-once")
    assert (both.status, "cannot be used with" in both.err) == (2, True)
    assert terminal.json("visits", "show", visit)["status"] == "approved"
    terminal.json("visits", "return", visit, "--comment", "4.3 has no action.")
    assert terminal.json("visits", "show", visit)["status"] == "returned"
    with open_desk(terminal.data_dir, Clock(), keyring) as desk:
        become(desk, officer)
    terminal.json("visits", "sign-off", visit)
    with open_desk(terminal.data_dir, Clock(), keyring) as desk:
        become(desk, "lee")
    assert "--undo" not in terminal("visits", "approve", visit, "--at-once").out
    assert "no longer" in terminal("visits", "approve", visit, "--undo").refusal


@pytest.mark.parametrize("command", ["rate", "show", "sign-off", "approve"])
def test_an_unknown_visit_is_refused(terminal: Terminal, command: str) -> None:
    assert "nowhere" in terminal("visits", command, "nowhere", "--json").refusal


def test_the_report_is_a_pdf(
    terminal: Terminal, visit: str, complete: Answers, write: Write, tmp_path: Path
) -> None:
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    terminal.json("visits", "sign-off", visit)
    out = tmp_path / "paper" / "visit.pdf"
    refused = terminal("report", "nowhere", "--out", out)
    assert "nowhere" in refused.refusal
    assert not out.exists()
    assert terminal.json("report", visit, "--out", tmp_path / "visit.pdf") == {
        "file": str(tmp_path / "visit.pdf")
    }
    assert (tmp_path / "visit.pdf").read_bytes().startswith(b"%PDF-")
    (tmp_path / "visit.pdf").write_bytes(b"another document")
    again = ("report", visit, "--out", tmp_path / "visit.pdf")
    assert "already exists" in terminal(*again).refusal
    assert (tmp_path / "visit.pdf").read_bytes() == b"another document"
    terminal.json(*again, "--overwrite")
    assert (tmp_path / "visit.pdf").read_bytes().startswith(b"%PDF-")


def test_a_receipt_is_verified(
    terminal: Terminal, visit: str, complete: Answers, write: Write, tmp_path: Path
) -> None:
    assert "has no receipt" in terminal("report", "verify", visit, "0" * 16).refusal
    terminal.json("visits", "answers", visit, write("answers.json", complete))
    terminal.json("visits", "sign-off", visit)
    out = tmp_path / "visit.pdf"
    terminal.json("report", "write", visit, "--out", out)
    document = pypdfium2.PdfDocument(out)
    text = " ".join(read_page(document, page) for page in range(len(document)))
    document.close()
    found = re.search(r"Receipt: ((?:[0-9a-f]{8} ?){8})", text)
    assert found is not None
    assert "Not yet at the council's server" in text
    right = terminal("report", "verify", visit, found[1])
    assert (right.status, "The receipt is right" in right.out) == (0, True)
    wrong = terminal("report", "verify", visit, "0" * 64)
    assert (wrong.status, "not the receipt" in wrong.out) == (1, True)
