"""`visitapp forms`: without records, no database or passphrase is needed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forms.catalogue.catalogue import shipped
from tests.support.terminal.commands import Terminal

FORM = "residential-quality"
FILE = [one.path for one in shipped().summaries() if one.id == FORM][-1]
Write = Callable[..., Path]


@pytest.fixture
def bare(tmp_path: Path) -> Terminal:
    """A terminal whose data folder cannot be: commands that need it would fail."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    return Terminal(tmp_path / "file" / "data")


def test_forms_are_listed(bare: Terminal) -> None:
    listed = bare.json("forms", "list")
    found = [one for one in listed if one["id"] == FORM][-1]
    assert found["applies_to"] == ["residential", "nursing"]
    assert (found["source"], found["published_at"]) == ("shipped", None)
    assert set(found) == {
        "id", "version", "kind", "title", "applies_to", "source", "published_at"
    }  # fmt: skip
    assert f"{FORM}" in bare("forms", "list").out
    assert "comes with the program" in bare("forms", "list").out


@pytest.mark.parametrize("form", [FORM, str(FILE)])
def test_answers_are_rated_on_a_form_by_id_or_file(
    bare: Terminal, write: Write, complete: dict[str, Any], form: str
) -> None:
    answers = write("answers.json", complete)
    outcome = bare.json("forms", "rate", "--form", form, "--answers", answers)
    assert (outcome["overall"], outcome["coverage"]) == ("red", 100)
    assert bare("forms", "rate", "--form", form, "--answers", answers).out.startswith("Red")


def test_the_settings_facts_reach_the_conditions(bare: Terminal, write: Write) -> None:
    form = write("form.yaml", CONDITIONAL)
    answers = write("answers.json", {})
    rate = ("forms", "rate", "--form", form, "--answers", answers)
    assert bare.json(*rate)["unanswered"] == ["always"]
    nursing = write("setting.json", {"service_type": "nursing"})
    assert bare.json(*rate, "--setting", nursing)["unanswered"] == ["always", "nurses"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"referrals": 1}', b"\xff\xfe\x00", b'{"no_such": {"value": "met"}}'],
)
def test_bad_answers_are_refused(bare: Terminal, write: Write, content: bytes) -> None:
    wrong = write("wrong.json", content)
    refusal = bare("forms", "rate", "--form", FORM, "--answers", wrong, "--json").refusal
    assert str(wrong) in refusal


def test_a_bad_setting_or_form_is_refused(bare: Terminal, write: Write) -> None:
    answers, wrong = write("answers.json", {}), write("wrong.json", b"[]")
    rate = ("forms", "rate", "--answers", answers)
    assert str(wrong) in bare(*rate, "--form", FORM, "--setting", wrong).refusal
    assert "no-such-form" in bare(*rate, "--form", "no-such-form").refusal
    assert "none.yaml" in bare(*rate, "--form", "none.yaml").refusal
    assert str(wrong) in bare(*rate, "--form", wrong).refusal


def test_a_good_form_passes(bare: Terminal) -> None:
    assert bare("forms", "check", FILE).out == f"{FILE}: no faults\n"
    assert bare.json("forms", "check", FILE) == {"files": [{"file": str(FILE), "faults": []}]}


def test_every_fault_is_named_with_line_and_remedy(bare: Terminal, write: Write) -> None:
    text = CONDITIONAL.replace("from: 60", "from: 90").replace("weight: 2", "wait: 2")
    form = write("form.yaml", text)
    checked = bare("forms", "check", form)
    assert checked.status == 1
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "wait: 2" in one)
    assert f"{form}:{line}: " in checked.out
    assert len(checked.out.splitlines()) > 1
    (told,) = checked.err.splitlines()
    assert f"{form}, line " in told
    assert "more fault" in told


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", os.urandom(2000), b"id: [", b"hello"])
def test_what_is_no_form_is_refused(bare: Terminal, write: Write, content: bytes) -> None:
    wrong = write("wrong.yaml", content)
    done = bare("forms", "check", wrong)
    assert done.status == 1
    assert str(wrong) in done.err
    assert len(done.err.splitlines()) == 1


def test_huge_and_missing_files_are_refused(bare: Terminal, tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    for file, said in ((huge, "larger than"), (tmp_path / "none.yaml", "no such file")):
        ran = bare("forms", "check", file)
        assert (ran.status, said in ran.err) == (1, True)
    assert str(tmp_path) in bare("forms", "check", tmp_path).err


def test_the_faults_of_each_file_are_listed_beside_one_that_cannot_be_read(
    bare: Terminal, tmp_path: Path
) -> None:
    empty, latin, faulty = (tmp_path / name for name in ("empty.yaml", "latin.yaml", "faulty.yaml"))
    empty.write_bytes(b"")
    latin.write_bytes("title: Caf\u00e9".encode("latin-1"))
    faulty.write_text(FILE.read_text(encoding="utf-8").replace("kind: visit", "kind: vist"))
    ran = bare("forms", "check", str(empty), str(latin), str(faulty))
    assert ran.status == 1
    for said in ("The file is empty.", "not text in UTF-8", "`kind` cannot be `vist`."):
        assert said in ran.out


CONDITIONAL = """\
id: small
version: "1"
kind: visit
title: A small form
applies_to: [residential, nursing]
scales:
  standard:
    - {value: met, label: Met, score: 1, rag: green}
    - {value: not_met, label: Not met, score: 0, rag: red}
bands:
  - {rag: green, from: 80}
  - {rag: amber, from: 60}
  - {rag: red, from: 0}
overall:
  minimum_coverage: 70
areas:
  - id: staff
    title: Staff
    questions:
      - id: always
        ask: Are there enough staff?
        look_for: Compare the rota with the shift.
        type: choice
        scale: standard
        weight: 2
      - id: nurses
        ask: Is a nurse on every shift?
        look_for: Compare the rota with the shift.
        type: choice
        scale: standard
        relevant: "setting.service_type == 'nursing'"
"""


def test_levels_results_and_polarity_are_printed_in_words(bare: Terminal, write: Write) -> None:
    answers = write("answers.json", {"solvency": {"value": "high"}, "staffing": {"value": "low"}})
    form = write("form.yaml", TWO_RESULTS)
    rate = ("forms", "rate", "--form", form, "--answers", answers)
    assert bare(*rate).out.splitlines() == [
        "High risk (Red), 50%, 100% checked",
        "A higher score is a lower risk.",
        "Quality risk: Low risk (Green), 100%, 100% checked",
        "  Quality risk scores 100 per cent: Low risk is 75 or more.",
        "Contract risk: High risk (Red), 0%, 100% checked",
        "  Contract risk scores 0 per cent: High risk is 0 to below 75.",
        "Why",
        "  Contract risk is High risk: the worst result gives the overall.",
        "What would change it",
        "  Low risk (Green) if solvency became low",
    ]
    outcome = bare.json(*rate)
    assert (outcome["overall"], outcome["level"]) == ("red", "high")
    assert [one["level"] for one in outcome["results"]] == ["low", "high"]


TWO_RESULTS = """\
id: two
version: "1"
kind: risk
title: Two results
scales:
  risk: [{value: low, label: Low, score: 1}, {value: high, label: High, score: 0}]
levels: [{id: low, label: Low risk, rag: green}, {id: high, label: High risk, rag: red}]
bands: [{level: low, from: 75}, {level: high, from: 0}]
results:
  - {id: quality, title: Quality risk, areas: [care]}
  - {id: contract, title: Contract risk, areas: [price]}
areas:
  - {id: care, title: Care, questions: [
      {id: staffing, ask: Staffing?, type: choice, scale: risk}]}
  - {id: price, title: Price, questions: [
      {id: solvency, ask: Solvency?, type: choice, scale: risk}]}
"""
