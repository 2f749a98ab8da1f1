"""The names that our FHIR documents use: link ids, code systems and extensions.

Our own are URNs, since no web host stands behind them; the others are HL7's published ones.
"""

from __future__ import annotations

from forms.model import Area, Form, Question, Scale, ScaleValue

Json = dict[str, object]

RELEVANT = "urn:visitapp:relevant"
RAG = "urn:visitapp:rag"
CRITICAL = "urn:visitapp:critical"
WEIGHT = "urn:visitapp:weight"
EXCLUDED = "urn:visitapp:excluded"
UNCHECKED = "urn:visitapp:unchecked"
FRAMEWORK = "urn:visitapp:framework"
LEVEL = "urn:visitapp:level"
RESULT = "urn:visitapp:result"
OWNER = "urn:visitapp:owner"

_HL7 = "http://hl7.org/fhir/StructureDefinition"
ORDINAL = f"{_HL7}/ordinalValue"
UNIT = f"{_HL7}/questionnaire-unit"
MIN_VALUE = f"{_HL7}/minValue"
MAX_VALUE = f"{_HL7}/maxValue"
ITEM_CONTROL = f"{_HL7}/questionnaire-itemControl"
ITEM_CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"

PEOPLE_TITLES = {
    "people": "People who use the service",
    "relatives": "Relatives",
    "staff": "Staff",
    "professionals": "Professionals",
}


def form_url(form: Form) -> str:
    """The canonical address of a form in all its versions."""
    return f"urn:visitapp:form:{form.id}"


def area_link(area: Area) -> str:
    """An area's link id; it can be no question's, whose ids hold no dot."""
    return f"area.{area.id}"


def part_link(question: Question, part: str) -> str:
    """The link id of a part of a question, such as its note."""
    return f"{question.id}.{part}"


def coding(scale: Scale | None, value: ScaleValue) -> Json:
    """A scale's value as a Coding. Not known, which any figure may be, has its own code system."""
    named = scale.id if scale and value.value in scale.by_value else ""
    system = f"urn:visitapp:scale:{named}" if named else "urn:visitapp:figure"
    return {"system": system, "code": value.value, "display": value.label}
