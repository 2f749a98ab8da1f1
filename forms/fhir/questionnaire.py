"""A form as a FHIR R4B Questionnaire."""

from __future__ import annotations

from forms.fhir.codes import (
    CRITICAL,
    EXCLUDED,
    FRAMEWORK,
    ITEM_CONTROL,
    ITEM_CONTROLS,
    LEVEL,
    MAX_VALUE,
    MIN_VALUE,
    ORDINAL,
    OWNER,
    PEOPLE_TITLES,
    RAG,
    RELEVANT,
    RESULT,
    UNCHECKED,
    UNIT,
    WEIGHT,
    Json,
    area_link,
    coding,
    form_url,
    part_link,
)
from forms.fhir.enable import enable_when
from forms.model import Area, Form, NamedResult, Question, Scale, ScaleValue
from forms.rating.answer_values import may_need_reason, set_aside_values

_TYPES = {
    "choice": "choice",
    "number": "decimal",
    "percent": "decimal",
    "sample": "group",
    "people": "group",
    "text": "text",
    "date": "date",
}


def questionnaire(form: Form) -> Json:
    """The form as a Questionnaire, ready for JSON.

    Areas are groups; scales are answer options with codings; a sample is a group of two whole
    numbers, people a group of four. A condition that enableWhen cannot say stands in an extension.
    """
    resource: Json = {
        "resourceType": "Questionnaire",
        "url": form_url(form),
        "version": form.version,
        "title": form.title,
        "status": "active",
        "subjectType": ["Location"],
    }
    if form.intro:
        resource["description"] = form.intro
    graded = _levels(form) + [_result(result) for result in form.results]
    if graded:
        resource["extension"] = graded
    return resource | {"item": [_area(area, form) for area in form.areas]}


def _levels(form: Form) -> list[Json]:
    """The levels that the form rates at, best first, each with its colour."""
    levels: list[Json] = []
    for level in form.levels:
        rag: Json = {"url": RAG, "valueCode": level.rag}
        coded: Json = {"code": level.id, "display": level.label, "extension": [rag]}
        levels.append({"url": LEVEL, "valueCoding": coded})
    return levels


def _result(result: NamedResult) -> Json:
    return {"url": RESULT, "valueCoding": {"code": result.id, "display": result.title}}


def _area(area: Area, form: Form) -> Json:
    item: Json = {
        "linkId": area_link(area),
        "prefix": str(area.number),
        "text": area.title,
        "type": "group",
    }
    extensions: list[Json] = [{"url": WEIGHT, "valueDecimal": float(area.weight)}]
    if area.critical:
        extensions.append({"url": CRITICAL, "valueBoolean": True})
    extensions += [_result(result) for result in form.results if area.id in result.areas]
    if area.owner:
        owner: Json = {"code": area.owner, "display": form.owners[area.owner]}
        extensions.append({"url": OWNER, "valueCoding": owner})
    return item | {
        "extension": extensions,
        "item": [_question(question, form) for question in area.questions],
    }


def _question(question: Question, form: Form) -> Json:
    item: Json = {
        "linkId": question.id,
        "prefix": question.number,
        "text": question.ask,
        "type": _TYPES[question.type],
        "required": question.required,
    }
    extensions = _extensions(question, form)
    if question.relevant:
        said = enable_when(question.relevant, form.questions)
        item |= said or {}
        if said is None:
            expression = {"language": "text/x-cel", "expression": question.relevant}
            extensions.append({"url": RELEVANT, "valueExpression": expression})
    if question.type == "choice" and question.scale:
        item["answerOption"] = [_option(question.scale, v) for v in question.scale.values]
    if extensions:
        item["extension"] = extensions
    return item | {"item": _parts(question)}


def _extensions(question: Question, form: Form) -> list[Json]:
    found: list[Json] = [{"url": WEIGHT, "valueDecimal": float(question.weight)}]
    if question.unit:
        found.append({"url": UNIT, "valueCoding": {"display": question.unit}})
    if question.type == "percent":
        found.append({"url": MIN_VALUE, "valueDecimal": 0})
        found.append({"url": MAX_VALUE, "valueDecimal": 100})
    for framework, place in question.frameworks.items():
        coded: Json = {"system": f"urn:visitapp:framework:{framework}", "display": place}
        if framework in form.frameworks:
            coded["version"] = form.frameworks[framework].version
        found.append({"url": FRAMEWORK, "valueCoding": coded})
    return found


def _option(scale: Scale | None, value: ScaleValue) -> Json:
    extensions: list[Json] = []
    if value.score is not None:
        extensions.append({"url": ORDINAL, "valueDecimal": float(value.score)})
    if value.rag:
        extensions.append({"url": RAG, "valueCode": value.rag})
    if value.excluded:
        extensions.append({"url": EXCLUDED, "valueBoolean": True})
    if value.unchecked:
        extensions.append({"url": UNCHECKED, "valueBoolean": True})
    return {"valueCoding": coding(scale, value) | ({"extension": extensions} if extensions else {})}


def _parts(question: Question) -> list[Json]:
    parts: list[Json] = []
    if question.look_for:
        control = {"coding": [{"system": ITEM_CONTROLS, "code": "help"}]}
        parts.append(
            _part(question, "look_for", question.look_for, "display")
            | {"extension": [{"url": ITEM_CONTROL, "valueCodeableConcept": control}]}
        )
    if question.type == "sample":
        parts.append(_part(question, "checked", "Checked", "integer"))
        parts.append(_part(question, "met", "Met the standard", "integer"))
    if question.type == "people":
        parts += [_part(question, g, title, "integer") for g, title in PEOPLE_TITLES.items()]
    aside = set_aside_values(question)
    if aside:
        options = [_option(question.scale, value) for value in aside]
        parts.append(
            _part(question, "instead", "Instead of a number", "choice") | {"answerOption": options}
        )
    parts.append(_part(question, "note", "Note", "text"))
    if may_need_reason(question):
        parts.append(_part(question, "reason", "Reason", "text"))
    return parts


def _part(question: Question, part: str, text: str, type_: str) -> Json:
    return {"linkId": part_link(question, part), "text": text, "type": type_}
