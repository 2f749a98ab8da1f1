"""Reads FHIR documents back as a stranger would: the answers, and enableWhen as logic."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from typing import Any

from forms.model import Form

Json = dict[str, Any]


def every_item(item: Json) -> Iterator[Json]:
    """All items of a Questionnaire or a QuestionnaireResponse, depth first."""
    for inner in item.get("item", []):
        yield inner
        yield from every_item(inner)
    for answer in item.get("answer", []):
        yield from every_item(answer)


def answers_of(response: Json, form: Form) -> dict[str, dict[str, Any]]:
    """The answers that a QuestionnaireResponse holds, in the shape that they are kept in."""
    found: dict[str, dict[str, Any]] = {}
    for item in every_item(response):
        question, _, part = item["linkId"].partition(".")
        if question not in form.questions or item["linkId"].startswith("area."):
            continue
        answer = found.setdefault(question, {})
        for given in item.get("answer", []):
            value = next((v for k, v in given.items() if k.startswith("value")), None)
            if isinstance(value, dict):
                value = value["code"]
            if value is None:
                continue
            if part in ("people", "relatives", "staff", "professionals"):
                answer.setdefault("value", {})[part] = value
            else:
                answer[part if part not in ("", "instead") else "value"] = value
    return found


def enabled(item: Json, answers: Mapping[str, Any]) -> bool:
    """Whether FHIR shows an item, given the value of each answered question."""
    tests = [_enabled(test, answers.get(test["question"])) for test in item["enableWhen"]]
    return any(tests) if item.get("enableBehavior") == "any" else all(tests)


def _enabled(test: Json, answer: Any) -> bool:
    wanted = next(v for k, v in test.items() if k.startswith("answer"))
    if isinstance(wanted, dict):
        wanted = wanted["code"]
    match test["operator"]:
        case "exists":
            return (answer is not None) is wanted
        case "!=":
            # FHIR leaves open what this is without an answer: the worse case is taken.
            return answer is None or answer != wanted
    if answer is None:
        return False
    return bool(_OPERATORS[test["operator"]](answer, wanted))


_OPERATORS = {
    "=": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
