"""Frameworks, owners and sources: what a form declares, and what may name it."""

from __future__ import annotations

import pytest

from forms.catalogue.read import read_form
from forms.compare.diff import compare
from forms.fhir.questionnaire import questionnaire
from forms.format.check import check_form
from forms.model import Form
from forms.tailored.build import Weak, tailor
from tests.support.forms.small_forms import area, question, text

HEAD = """\
frameworks:
  cqc: {title: Key questions, version: "2024", key_questions: {safe: Safe, caring: Caring}}
  ci: {title: Quality frameworks, version: "2022"}
owners: {contracts: Contracts team, safety: Safeguarding}
"""
TAGS = "frameworks: {cqc: safe, ci: setting}"
GOOD = text(area("care", question("calls", extra=TAGS), extra="owner: contracts"), overall=HEAD)


def form(old: str = "", new: str = "") -> Form:
    assert old in GOOD
    return read_form(GOOD.replace(old, new, 1), "small.yaml")


def test_a_form_knows_its_frameworks_and_owners() -> None:
    made = form()
    cqc, ci = made.frameworks["cqc"], made.frameworks["ci"]
    assert (cqc.title, cqc.version) == ("Key questions", "2024")
    assert cqc.key_questions == {"safe": "Safe", "caring": "Caring"}
    assert ci.key_questions == {}
    assert made.owners == {"contracts": "Contracts team", "safety": "Safeguarding"}
    assert made.areas[0].owner == "contracts"
    assert made.questions["calls"].frameworks == {"cqc": "safe", "ci": "setting"}


def test_tags_are_free_where_no_framework_is_declared() -> None:
    free = text(area("care", question("calls", extra="frameworks: {anything: at_all}")))
    assert check_form(free, "small.yaml") == []
    assert read_form(free, "small.yaml").frameworks == {}


@pytest.mark.parametrize(
    ("old", "new", "what", "remedy"),
    [
        ("cqc: safe", "cqs: safe", "no framework `cqs`", "Did you mean `cqc`?"),
        ("cqc: safe", "cqc: save", "`save` is not a key question of `cqc`", "Did you mean `safe`?"),
        ("owner: contracts", "owner: contract", "no owner `contract`", "Did you mean `contracts`?"),
        ("owner: contracts", "owner: a b", "cannot be used as a name", "without spaces"),
        (', version: "2022"', "", "`version` is missing from a framework", "Add `version:`"),
        ("title: Quality frameworks, ", "", "`title` is missing from a framework", "Add `title:`"),
    ],
)
def test_each_fault_is_found(old: str, new: str, what: str, remedy: str) -> None:
    assert old in GOOD
    (fault,) = check_form(GOOD.replace(old, new, 1), "small.yaml")
    assert what in fault.what
    assert remedy in fault.remedy


def test_an_owner_needs_to_be_declared_at_all() -> None:
    lonely = text(area("care", question("calls"), extra="owner: contracts"))
    (fault,) = check_form(lonely, "small.yaml")
    assert "Declare it under `owners:`" in fault.remedy


@pytest.mark.parametrize(
    ("source", "remedies"), [("hygiene.rating", []), ("hygiene.ratting", ["`hygiene.rating`"])]
)
def test_a_source_must_be_one_that_records_can_fill(source: str, remedies: list[str]) -> None:
    risk = text(area("care", question("calls", extra=f"source: {source}")))
    found = check_form(risk.replace("kind: visit", "kind: risk"), "small.yaml")
    assert len(found) == len(remedies)
    for fault, remedy in zip(found, remedies, strict=True):
        assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('version: "2024"', 'version: "2025"', "The framework cqc was"),
        ("owners: {", "owners: {health: Health protection, ", "The owner health was not there"),
        ("owner: contracts", "owner: safety", "who fills it in was contracts; it is now safety"),
    ],
)
def test_what_changed_is_told(old: str, new: str, told: str) -> None:
    (change,) = compare(form(), form(old, new))
    assert told in change.text
    assert change.what == "reworded"


def test_a_fhir_questionnaire_names_the_edition() -> None:
    assert "'version': '2024'" in str(questionnaire(form()))


def test_a_borrowed_area_brings_its_owner_and_its_frameworks() -> None:
    base = text(
        area("today", question("staff")), overall="frameworks: {ci: {title: Q, version: 1}}\n"
    )
    made = read_form(tailor(base, [], Weak(text=GOOD, areas=["care"])), "built.yaml")
    assert made.owners == {"contracts": "Contracts team"}
    assert made.frameworks["cqc"].version == "2024"
    assert made.frameworks["ci"].title == "Q"
    assert made.questions["calls"].frameworks == {"cqc": "safe", "ci": "setting"}


def test_a_borrowed_tag_that_means_nothing_here_falls_away() -> None:
    head = "frameworks: {cqc: {title: Q, version: 1, key_questions: {well_led: Well-led}}}\n"
    last = text(area("care", question("calls", extra="frameworks: {cqc: safe, own: x}")))
    base = text(area("today", question("staff")), overall=head)
    made = read_form(tailor(base, [], Weak(text=last, areas=["care"])), "built.yaml")
    assert made.questions["calls"].frameworks == {}
