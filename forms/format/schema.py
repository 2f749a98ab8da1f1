"""The JSON schema of a form file, with which an editor completes and explains keys while typing.

It is made from the same declaration as the checker's (`forms.format.keys`). It knows only the
shape of a form: it cannot report a scale that does not exist, as `check_form` does.
"""

from __future__ import annotations

from typing import Any

from forms.format.keys import FORM
from forms.format.kinds import (
    NAME,
    Day,
    Flag,
    Kind,
    ListOf,
    MapOf,
    Name,
    Number,
    OneOf,
    Record,
    Text,
    Whole,
)


def schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) as plain data."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Visitapp form",
        "description": "A visit form, a self-assessment or a risk model: see docs/form-format.md.",
    }
    return head | schema_of(FORM)


def schema_of(kind: Kind) -> dict[str, Any]:
    """The schema of one kind of value."""
    match kind:
        case Record():
            return _object(kind)
        case ListOf():
            return {"type": "array", "minItems": kind.fewest, "items": schema_of(kind.item)}
        case MapOf():
            return {
                "type": "object",
                "propertyNames": {"pattern": f"^{NAME}$"},
                "additionalProperties": schema_of(kind.value),
            }
        case OneOf():
            return {"enum": list(kind.choices)}
        case Flag():
            return {"type": "boolean"}
        case Day():
            return {"type": "string", "format": "date"}
        case Number():
            return {"type": "number", "minimum": float(kind.least), "maximum": float(kind.most)}
        case Whole():
            return {"type": "integer", "minimum": kind.least, "maximum": kind.most}
        case Name():
            return _words(kind.longest) | {"pattern": f"^{kind.pattern}$"}
        case Text():
            return _words(kind.longest)


def _object(kind: Record) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            key.name: schema_of(key.kind) | {"description": key.about} for key in kind.keys
        },
        "required": [key.name for key in kind.keys if key.required],
        "additionalProperties": False,
    }


def _words(longest: int) -> dict[str, Any]:
    """Words without quotes may look like a number, as in `version: 2026.1`."""
    return {"type": ["string", "number"], "minLength": 1, "maxLength": longest}
