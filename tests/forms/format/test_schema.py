"""The schema for editors takes the forms that ship, and refuses what the checker refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import forms.catalogue.catalogue
from forms.format.check import check_form
from forms.format.schema import schema

SHIPPED = sorted((Path(forms.catalogue.catalogue.__file__).parents[1] / "library").rglob("*.yaml"))


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_forms_fit_the_schema(path: Path) -> None:
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema())


def form(**changes: Any) -> dict[str, Any]:
    question = {"id": "q", "ask": "Well?", "type": "text"}
    base = {"id": "f", "version": "1", "kind": "visit", "title": "F"}
    return base | {"areas": [{"id": "a", "title": "A", "questions": [question]}]} | changes


def test_the_smallest_form_fits_both() -> None:
    jsonschema.validate(form(), schema())
    assert check_form(yaml.safe_dump(form()), "f.yaml") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "blue"},
        {"kind": "survey"},
        {"title": ""},
        {"areas": []},
        {"areas": "none"},
        {"bands": [{"rag": "green", "from": 101}]},
        {"bands": [{"rag": "blue", "from": 0}]},
        {"overall": {"rules": [{"areas": "red", "at_least": 0, "overall": "red"}]}},
        {"scales": {"s": [{"value": "a b", "label": "A", "score": 1}]}},
        {"scales": {"s": [{"value": "a", "label": "A", "excluded": "yes"}]}},
    ],
)
def test_schema_and_checker_refuse_the_same_shapes(changes: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(form(**changes), schema())
    assert check_form(yaml.safe_dump(form(**changes)), "f.yaml")
