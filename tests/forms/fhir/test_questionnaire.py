"""Forms as FHIR Questionnaires, checked against fhir.resources' R4B models."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from hypothesis import given, settings

from forms.catalogue.catalogue import shipped
from forms.fhir import questionnaire
from tests.support.forms import strategies as made
from tests.support.forms.fhir_reading import every_item

LIBRARY = shipped()
SHIPPED = [summary.id for summary in LIBRARY.summaries()]


def as_json(resource: dict[str, object]) -> dict[str, Any]:
    """The resource as it is after a round through JSON, having passed the R4B model."""
    raw = msgspec.json.encode(resource)
    Questionnaire.model_validate_json(raw)
    decoded: dict[str, Any] = msgspec.json.decode(raw)
    return decoded


@pytest.mark.parametrize("form_id", SHIPPED)
def test_every_shipped_form_is_a_questionnaire(form_id: str) -> None:
    form = LIBRARY.form(form_id)
    resource = as_json(questionnaire(form))
    links = Counter(item["linkId"] for item in every_item(resource))
    assert max(links.values()) == 1
    assert set(form.questions) <= set(links)
    assert [item["text"] for item in resource["item"]] == [area.title for area in form.areas]
    for item in every_item(resource):
        question = form.questions.get(item["linkId"])
        if question:
            assert item["text"] == question.ask
            assert item["required"] is question.required
            told = "enableWhen" in item or any(
                extension["url"] == "urn:visitapp:relevant" for extension in item["extension"]
            )
            assert told is bool(question.relevant)


@given(made.forms())
@settings(max_examples=30)
def test_any_form_is_a_questionnaire(tree: dict[str, Any]) -> None:
    as_json(questionnaire(made.as_form(tree)))


def test_scale_values_are_codings_with_scores_and_colours() -> None:
    form = LIBRARY.form("residential-quality")
    resource = as_json(questionnaire(form))
    item = next(i for i in every_item(resource) if i["linkId"] == "registered_manager")
    first = item["answerOption"][0]["valueCoding"]
    assert first["system"] == "urn:visitapp:scale:standard"
    assert (first["code"], first["display"]) == ("met", "Met")
    assert {"url": "urn:visitapp:rag", "valueCode": "green"} in first["extension"]
    ordinal = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
    assert {"url": ordinal, "valueDecimal": 1.0} in first["extension"]


def test_levels_with_their_colours_results_and_owners_come_along() -> None:
    resource = as_json(questionnaire(LIBRARY.form("four-level")))
    levels = [e["valueCoding"] for e in resource["extension"] if e["url"] == "urn:visitapp:level"]
    assert [level["code"] for level in levels][:2] == ["excellent", "good"]
    assert [level["extension"][0]["valueCode"] for level in levels] == [
        *("green", "green", "amber", "red")
    ]
    twelve = LIBRARY.form("twelve-factor")
    resource = as_json(questionnaire(twelve))
    told = [e["valueCoding"] for e in resource["extension"] if e["url"] == "urn:visitapp:result"]
    assert [(one["code"], one["display"]) for one in told] == [
        (result.id, result.title) for result in twelve.results
    ]
    for area, item in zip(twelve.areas, resource["item"], strict=True):
        found = [e for e in item["extension"] if e["url"] == "urn:visitapp:result"]
        wanted = [result.id for result in twelve.results if area.id in result.areas]
        assert [one["valueCoding"]["code"] for one in found] == wanted
    joint = LIBRARY.form("joint-assurance")
    for area, item in zip(joint.areas, as_json(questionnaire(joint))["item"], strict=True):
        owners = [e["valueCoding"] for e in item["extension"] if e["url"] == "urn:visitapp:owner"]
        assert owners == [{"code": area.owner, "display": joint.owners[area.owner]}]


def test_samples_and_people_are_groups_of_whole_numbers() -> None:
    resource = as_json(questionnaire(LIBRARY.form("residential-quality")))
    items = {item["linkId"]: item for item in every_item(resource)}
    form = LIBRARY.form("residential-quality")
    sample = next(q.id for q in form.questions.values() if q.type == "sample")
    people = next(q.id for q in form.questions.values() if q.type == "people")
    assert items[sample]["type"] == items[people]["type"] == "group"
    for link in (f"{sample}.checked", f"{sample}.met", f"{people}.relatives"):
        assert items[link]["type"] == "integer"
