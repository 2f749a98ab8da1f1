"""A visit's answers as a FHIR R4B QuestionnaireResponse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from forms.fhir.codes import Json, area_link, coding, form_url, part_link
from forms.model import FIGURES, PEOPLE_GROUPS, Form, Question
from forms.rating.answer_values import Answer, Answers, may_need_reason
from forms.rating.answers import is_answered, relevant_questions, scale_value

_COMPLETED = ("signed_off", "not_sampled", "approved")


class VisitFacts(Struct, frozen=True, kw_only=True):
    """What the response says besides the answers. `authored` is aware; `officer` is a name.

    `setting` holds the facts of the setting that the form's conditions read.
    """

    visit_id: str
    status: str
    setting_id: str
    setting_name: str
    officer: str
    authored: datetime
    setting: Mapping[str, object] = {}


def response(form: Form, answers: Answers, visit: VisitFacts) -> Json:
    """The answers as a QuestionnaireResponse to `questionnaire(form)`, ready for JSON.

    Only questions that are relevant and hold something are in it, as FHIR asks: answers to
    questions that are no longer asked stay behind.
    """
    asked = relevant_questions(form, answers, visit.setting)
    items = []
    for area in form.areas:
        inner = [
            _item(question, answers[question.id])
            for question in area.questions
            if question.id in asked and _holds_something(question, answers.get(question.id))
        ]
        if inner:
            items.append({"linkId": area_link(area), "text": area.title, "item": inner})
    resource: Json = {
        "resourceType": "QuestionnaireResponse",
        "identifier": {"system": "urn:visitapp:visit", "value": visit.visit_id},
        "questionnaire": f"{form_url(form)}|{form.version}",
        "status": "completed" if visit.status in _COMPLETED else "in-progress",
        "subject": {
            "type": "Location",
            "identifier": {"system": "urn:visitapp:setting", "value": visit.setting_id},
            "display": visit.setting_name,
        },
        "authored": visit.authored.isoformat(timespec="seconds"),
    }
    if visit.officer:
        resource["author"] = {"display": visit.officer}
    return resource | ({"item": items} if items else {})


def _holds_something(question: Question, answer: Answer | None) -> bool:
    return isinstance(answer, Mapping) and bool(
        is_answered(question, answer) or _words(question, answer)
    )


def _item(question: Question, answer: Answer) -> Json:
    item: Json = {"linkId": question.id, "text": question.ask}
    words = _words(question, answer)
    if question.type in ("sample", "people"):
        return item | {"item": [*_counts(question, answer), *words]}
    given: Json = {}
    if is_answered(question, answer) and not _instead(question, answer):
        given = _value(question, answer.get("value"))
    return item | {"answer": [given | ({"item": words} if words else {})]}


def _value(question: Question, value: object) -> Json:
    if question.type == "choice" and question.scale:
        return {"valueCoding": coding(question.scale, question.scale.by_value[str(value)])}
    if question.type == "date":
        return {"valueDate": value}
    return {"valueString" if question.type == "text" else "valueDecimal": value}


def _counts(question: Question, answer: Answer) -> list[Json]:
    if question.type == "sample":
        counts = {part: answer.get(part) for part in ("checked", "met")}
    else:
        value = answer.get("value")
        groups: Mapping[str, object] = value if isinstance(value, Mapping) else {}
        counts = {group: groups.get(group) for group in PEOPLE_GROUPS}
    return [
        {"linkId": part_link(question, part), "answer": [{"valueInteger": count}]}
        for part, count in counts.items()
        if count is not None
    ]


def _words(question: Question, answer: Answer) -> list[Json]:
    """What stands in place of a number, the note and the reason."""
    parts = ["note"]
    if may_need_reason(question):
        parts.append("reason")
    return _instead(question, answer) + [
        {"linkId": part_link(question, part), "answer": [{"valueString": answer[part]}]}
        for part in parts
        if answer.get(part)
    ]


def _instead(question: Question, answer: Answer) -> list[Json]:
    value = scale_value(question, answer) if question.type in FIGURES else None
    if value is None or not (value.excluded or value.unchecked):
        return []
    coded = {"valueCoding": coding(question.scale, value)}
    return [{"linkId": part_link(question, "instead"), "answer": [coded]}]
