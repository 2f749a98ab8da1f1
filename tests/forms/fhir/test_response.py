"""Visits as FHIR QuestionnaireResponses, checked against fhir.resources' R4B models."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.catalogue.catalogue import shipped
from forms.fhir import VisitFacts, questionnaire, response
from forms.model import Form, Question
from forms.rating.answers import is_answered, relevant_questions
from tests.support.forms import strategies as made
from tests.support.forms.fhir_reading import answers_of, every_item

LIBRARY = shipped()
FACTS = VisitFacts(
    visit_id="0190a000-0000-7000-8000-000000000001",
    status="signed_off",
    setting_id="0190a000-0000-7000-8000-000000000002",
    setting_name="Larch House",
    officer="Sam Field",
    authored=datetime(2026, 11, 22, 10, 30, tzinfo=UTC),
)


def as_json(resource: dict[str, object]) -> dict[str, Any]:
    """The resource as it is after a round through JSON, having passed the R4B model."""
    raw = msgspec.json.encode(resource)
    QuestionnaireResponse.model_validate_json(raw)
    decoded: dict[str, Any] = msgspec.json.decode(raw)
    return decoded


def answer_to(question: Question) -> dict[str, Any]:
    """An answer with all that the question's type can hold."""
    match question.type:
        case "choice":
            assert question.scale
            value: Any = question.scale.values[-1].value
            return {"value": value, "note": "Seen in the office", "reason": "No time"}
        case "sample":
            return {"checked": 5, "met": 3, "note": "Five plans"}
        case "people":
            return {"value": {"people": 3, "staff": 0}}
        case "date":
            return {"value": "2026-11-22"}
        case "text":
            return {"value": "Kind — and patient", "note": "Overheard"}
    return {"value": 12.5}


@pytest.mark.parametrize("form_id", [summary.id for summary in LIBRARY.summaries()])
def test_every_shipped_form_gives_its_answers_back(form_id: str) -> None:
    form = LIBRARY.form(form_id)
    answers = {question.id: answer_to(question) for question in form.questions.values()}
    facts = {"service_type": "nursing", "beds": 40}
    visit = msgspec.structs.replace(FACTS, setting=facts)
    resource = as_json(response(form, answers, visit))
    asked = relevant_questions(form, answers, facts)
    expected = {q: _kept(form.questions[q], answers[q]) for q in asked}
    assert answers_of(resource, form) == expected
    declared = {item["linkId"] for item in every_item(as_questionnaire(form))}
    assert {item["linkId"] for item in every_item(resource)} <= declared


def as_questionnaire(form: Form) -> dict[str, Any]:
    decoded: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(questionnaire(form)))
    return decoded


def _kept(question: Question, answer: dict[str, Any]) -> dict[str, Any]:
    """A reason is only asked for where some answer needs one."""
    figure = question.type in ("number", "percent", "sample")
    asks = figure or any(v.needs_reason for v in (question.scale.values if question.scale else ()))
    return answer if asks else {key: value for key, value in answer.items() if key != "reason"}


@given(st.data())
@settings(max_examples=40)
def test_any_answers_come_back(data: st.DataObject) -> None:
    tree = data.draw(made.forms())
    form, answers = made.as_form(tree), data.draw(made.answers_to(tree))
    resource = as_json(response(form, answers, FACTS))
    asked = relevant_questions(form, answers, FACTS.setting)
    expected = {
        name: _kept(form.questions[name], answer)
        for name, answer in answers.items()
        if name in asked and (is_answered(form.questions[name], answer) or answer.get("reason"))
    }
    assert answers_of(resource, form) == expected


def test_a_draft_is_in_progress_and_may_be_empty() -> None:
    form = LIBRARY.form("quality-checkers")
    visit = msgspec.structs.replace(FACTS, status="draft")
    resource = as_json(response(form, {}, visit))
    assert resource["status"] == "in-progress"
    assert "item" not in resource


def test_it_names_the_form_version_and_the_visit() -> None:
    form = LIBRARY.form("quality-checkers")
    resource = as_json(response(form, {}, FACTS))
    assert resource["status"] == "completed"
    assert resource["questionnaire"] == f"urn:visitapp:form:{form.id}|{form.version}"
    assert resource["identifier"]["value"] == FACTS.visit_id
    assert resource["subject"]["display"] == "Larch House"
    assert resource["authored"] == "2026-11-22T10:30:00+00:00"


def test_not_applicable_in_place_of_a_number() -> None:
    form = LIBRARY.form("residential-quality")
    sample = next(
        q
        for q in form.questions.values()
        if q.type == "sample" and q.scale and "not_applicable" in q.scale.by_value
    )
    answers = {sample.id: {"value": "not_applicable", "reason": "Nobody here needs it"}}
    resource = as_json(response(form, answers, FACTS))
    assert answers_of(resource, form) == answers
