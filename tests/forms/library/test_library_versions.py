"""Earlier versions of the shipped forms stay readable, and new ones take over their answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from forms.catalogue.catalogue import shipped
from forms.compare.steps import steps
from forms.model import Form, Question
from forms.rating.answers import check_answers
from forms.rating.rating import rate
from tests.support.forms.answers import best_answer

LIBRARY = shipped()
IDS = list(dict.fromkeys(one.id for one in LIBRARY.summaries()))
NEWEST = {name: LIBRARY.form(name) for name in IDS}
PAIRS = [
    (LIBRARY.form(name, old), LIBRARY.form(name, new))
    for name in IDS
    for old, new in zip(LIBRARY.versions(name), LIBRARY.versions(name)[1:], strict=False)
]
STORED: dict[str, dict[str, list[dict[str, Any]]]] = {
    version: json.loads(
        (Path(__file__).parent / f"data/outcomes-{version}.json").read_text(encoding="utf-8")
    )
    for version in ("2026.1", "2026.2")
}
"""For each version, for each form, answers and the outcome that the engine of then gave."""

each_pair = pytest.mark.parametrize(
    ("old", "new"), [pytest.param(*pair, id=pair[0].id) for pair in PAIRS]
)

REWORDED = {
    "supervisions": "one measure in every form: within the provider's interval, at most 3 months",
    "vacancies": "without `today`: the day of the return says it",
    "visit_result": "the same words in both risk models",
}
"""Questions with new words and the same meaning, each read by a person, with what changed."""

OTHER_VALUES = {
    "hygiene_rating": "the published ratings one by one, in place of `4 or 5`",
    "regulator_overall": "Scottish grades one by one",
    "regulator_safe": "Scottish grades one by one",
}
"""Choices whose scale has other values: an answer that is none of them is kept aside."""


NEW_IN_2026_2 = {"shared-lives-quality", "mental-health-recovery-quality"}


def test_every_form_of_an_earlier_library_can_still_be_read() -> None:
    assert {old.id for old, _ in PAIRS} == set(IDS)
    assert {old.id for old, _ in PAIRS if old.version == "2026.1"} == set(IDS) - NEW_IN_2026_2
    assert {old.id for old, _ in PAIRS if old.version == "2026.2"} == set(STORED["2026.2"])


@each_pair
def test_no_id_is_used_again_with_another_meaning(old: Form, new: Form) -> None:
    for name in old.questions.keys() & new.questions.keys():
        before, after = old.questions[name], new.questions[name]
        assert before.type == after.type, name
        assert before.unit == after.unit, name
        assert before.ask == after.ask or name in REWORDED, name
    assert old.questions.keys() <= new.questions.keys(), "a question that goes takes answers along"


@each_pair
def test_every_answer_moves_or_is_kept_aside(old: Form, new: Form) -> None:
    """An answer to a question that stays is taken as it is; one that is not taken is refused by
    the new version, and so kept aside and shown, never read as something else."""
    for question in old.questions.values():
        taken = {
            json.dumps(answer): not check_answers(new, {question.id: answer})
            for answer in possible(question)
        }
        if question.id not in OTHER_VALUES:
            assert all(taken.values()), (question.id, taken)


@each_pair
def test_a_value_that_both_versions_have_scores_the_same(old: Form, new: Form) -> None:
    for question in old.questions.values():
        before, after = question.scale, new.questions[question.id].scale
        if before is None or after is None or question.id == "incidents_trend":
            continue  # the trend of incidents is recorded and no longer scored
        scores = {value.value: value.score for value in after.values}
        for value in before.values:
            assert scores.get(value.value, value.score) == value.score, question.id


@pytest.mark.parametrize(
    ("version", "name"), [(version, name) for version, kept in STORED.items() for name in kept]
)
def test_a_signed_visit_rates_again_to_its_stored_outcome(version: str, name: str) -> None:
    form = LIBRARY.form(name, version)
    assert len(STORED[version][name]) == 3
    for stored in STORED[version][name]:
        found = msgspec.to_builtins(rate(form, stored["answers"], {"service_type": "nursing"}))
        told = {key: found.get(key) for key in stored["outcome"]}
        if form.kind == "risk" and told["provisional"]:
            # Since then a risk model of which too little is known has no colour but a limit's.
            assert told["overall"] in ("unrated", stored["outcome"]["overall"])
            told["overall"] = stored["outcome"]["overall"]
            told["level"] = stored["outcome"].get("level")
        assert {key: told[key] for key in stored["outcome"]} == stored["outcome"]


@pytest.mark.parametrize("name", STORED["2026.2"])
def test_a_least_number_changes_no_outcome(name: str) -> None:
    for stored in STORED["2026.2"][name]:
        found = msgspec.to_builtins(
            rate(NEWEST[name], stored["answers"], {"service_type": "nursing"})
        )
        assert {key: found[key] for key in stored["outcome"]} == stored["outcome"]


def test_one_question_has_the_same_steps_in_every_form() -> None:
    """Or the same figure would change its colour between two forms, and nothing else had."""
    found_steps: dict[str, dict[str, Any]] = {}
    for form in NEWEST.values():
        for question in form.questions.values():
            found_steps.setdefault(question.id, {})[form.id] = steps(question)
    different = {name: found for name, found in found_steps.items() if len(set(found.values())) > 1}
    assert different == {}


def test_one_question_measures_the_same_unit_in_every_form() -> None:
    units: dict[str, set[tuple[str, str]]] = {}
    for form in NEWEST.values():
        for question in form.questions.values():
            units.setdefault(question.id, set()).add((question.type, question.unit))
    assert {name: found for name, found in units.items() if len(found) > 1} == {}


def possible(question: Question) -> list[dict[str, Any]]:
    """An answer of each sort that a question takes."""
    values = question.scale.values if question.scale else ()
    if question.type == "choice":
        return [{"value": one.value, "reason": "As seen."} for one in values]
    aside = [
        {"value": one.value, "reason": "As seen."}
        for one in values
        if one.excluded or one.unchecked
    ]
    match question.type:
        case "sample":
            return [{"checked": 7, "met": met} for met in range(8)] + aside
        case "number" | "percent":
            return [{"value": figure} for figure in (0, 0.5, 12, 44, 100)] + aside
    return [best_answer(question)]
