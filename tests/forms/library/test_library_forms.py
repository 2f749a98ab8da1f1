"""What holds of all twenty forms that ship, beyond being without faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import yaml

from forms.catalogue.catalogue import shipped
from forms.model import Form, Question
from forms.rating.answers import check_answers
from forms.rating.rating import rate
from tests.forms import reference
from tests.support.forms.answers import best_answer

LIBRARY = shipped()
FORMS = [LIBRARY.form(name) for name in dict.fromkeys(one.id for one in LIBRARY.summaries())]
"""The newest version of each."""

VISITS = [form for form in FORMS if form.kind == "visit"]
TAGGED = [form for form in FORMS if form.kind != "risk"]
SETTING = {"service_type": "nursing"}
KEYS = ("overall", "percent", "coverage", "provisional", "areas", "unanswered")

each = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
each_visit = pytest.mark.parametrize("form", VISITS, ids=lambda form: form.id)
each_tagged = pytest.mark.parametrize("form", TAGGED, ids=lambda form: form.id)


def scored(form: Form) -> Iterator[Question]:
    return (one for one in form.questions.values() if one.scale is not None and one.weight)


def answers_of_round(form: Form, number: int) -> dict[str, dict[str, Any]]:
    """Answers that differ from round to round; some are missing in each."""
    answers = {}
    for place, question in enumerate(form.questions.values()):
        choices = [*possible(question), None]
        chosen = choices[(place * 7 + number * 3 + place * number) % len(choices)]
        if chosen is not None:
            answers[question.id] = chosen
    return answers


def possible(question: Question) -> list[dict[str, Any]]:
    if question.type == "choice":
        assert question.scale is not None
        return [{"value": one.value, "reason": "As seen."} for one in question.scale.values]
    if question.type == "sample":
        return [{"checked": 7, "met": met} for met in range(8)]
    if question.scale is not None:
        starts = [float(band.start) for band in question.bands]
        most = 100 if question.type == "percent" else float("inf")
        return [{"value": min(start + more, most)} for start in starts for more in (0, 0.5)]
    return [best_answer(question)]


def test_the_forms_that_a_council_needs_are_all_there() -> None:
    kinds = {kind: [form.id for form in FORMS if form.kind == kind] for kind in ("visit", "risk")}
    assert len(FORMS) == 20
    assert len(kinds["visit"]) == 15
    assert kinds["risk"] == ["early-warning", "kent-ten", "twelve-factor"]


@each
def test_a_shipped_form_rates_as_the_slow_reference_does(form: Form) -> None:
    tree = yaml.safe_load(LIBRARY.text(form.id, form.version))
    seen = set()
    for number in range(6):
        answers = answers_of_round(form, number)
        assert check_answers(form, answers) == []
        found = msgspec.to_builtins(rate(form, answers, SETTING))
        expected = reference.rate_once(tree, answers, SETTING)
        assert {key: found[key] for key in KEYS} == {key: expected[key] for key in KEYS}
        assert found.get("level") == expected.get("level")
        seen.add(found["percent"])
    assert len(seen) > 1


@each
def test_every_question_is_one_that_can_be_read_out(form: Form) -> None:
    """A question mark at its end and nowhere before, short enough for a breath; help beside it."""
    for question in form.questions.values():
        assert re.fullmatch(r"[A-Z][^?!;]*\?", question.ask), question.ask
        assert len(question.ask) <= 105, question.ask
        assert " and/or " not in question.ask
        assert question.look_for, question.id


@each
def test_no_question_is_asked_twice(form: Form) -> None:
    asked = [question.ask for question in form.questions.values()]
    assert len(asked) == len(set(asked))


@each
def test_the_introduction_says_what_is_ours_and_what_is_set_aside(form: Form) -> None:
    assert re.search(r"\b[Oo]urs\b", form.intro)
    assert "leaves the calculation" in form.intro


@each_visit
def test_a_limit_never_comes_without_evidence_and_something_to_do(form: Form) -> None:
    for question in scored(form):
        if question.limits:
            assert question.evidence is not None, question.id
            assert question.action is not None, question.id
            assert set(question.limits) <= set(question.action.when), question.id


@each_tagged
def test_every_scored_question_stands_in_both_frameworks_or_in_neither(form: Form) -> None:
    assert {name: one.version for name, one in form.frameworks.items()}.keys() == {
        "cqc",
        "care_inspectorate",
    }
    tagged = [question for question in scored(form) if question.frameworks]
    assert all(len(question.frameworks) == 2 for question in tagged)
    if form.id != "contract-review":
        assert len(tagged) >= len(list(scored(form))) - 1


def test_a_question_with_one_id_is_of_one_type_wherever_a_visit_asks_it() -> None:
    types: dict[str, set[str]] = {}
    for form in VISITS:
        for question in form.questions.values():
            types.setdefault(question.id, set()).add(question.type)
    assert {name: found for name, found in types.items() if len(found) > 1} == {}


def test_only_a_nursing_home_is_asked_about_nurses() -> None:
    form = LIBRARY.form("residential-quality")
    asked = {
        kind: set(form.questions)
        - {
            name
            for name, question in form.questions.items()
            if question.relevant == "setting.service_type == 'nursing'" and kind != "nursing"
        }
        for kind in ("nursing", "residential")
    }
    only = asked["nursing"] - asked["residential"]
    assert only == {
        "nurse_each_shift",
        "nurse_registration",
        "nurse_skills",
        "wound_care",
        "unwell_acted_on",
    }
    residential = rate(form, {}, {"service_type": "residential"})
    nursing = rate(form, {}, {"service_type": "nursing"})
    assert set(nursing.unanswered) - set(residential.unanswered) == only


def test_the_areas_of_a_joint_visit_are_owned() -> None:
    form = LIBRARY.form("joint-assurance")
    owned: dict[str, list[str]] = {owner: [] for owner in form.owners}
    for area in form.areas:
        owned[area.owner].append(area.id)
    assert list(owned) == ["contracts", "safeguarding", "health_protection", "shared"]
    assert all(owned.values())
    assert owned["shared"] == [form.areas[-1].id]
