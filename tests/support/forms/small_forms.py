"""A small form whose parts a test can swap, as YAML text and as a form."""

from __future__ import annotations

from forms.catalogue.read import read_form
from forms.model import Form

HEAD = """\
id: small
version: "1"
kind: visit
title: Small
scales:
  standard:
    - {value: met, label: Met, score: 1, rag: green}
    - {value: partly, label: Partly met, score: 0.5, rag: amber}
    - {value: not_met, label: Not met, score: 0, rag: red}
    - {value: not_applicable, label: Not applicable, excluded: true, needs_reason: true}
    - {value: not_checked, label: Not checked, unchecked: true, needs_reason: true}
"""
BANDS = "bands: [{rag: green, from: 80}, {rag: amber, from: 60}, {rag: red, from: 0}]\n"
OVERALL = """\
overall:
  minimum_coverage: 70
  rules:
    - {areas: red, at_least: 1, overall: amber}
    - {areas: red, at_least: 2, overall: red}
    - {areas: amber, at_least: 2, overall: amber}
"""
SAMPLE_BANDS = (
    "bands: [{value: met, from: 90}, {value: partly, from: 60}, {value: not_met, from: 0}]"
)


def question(name: str, type_: str = "choice", extra: str = "") -> str:
    """A question on the standard scale; `extra` holds more keys in flow style."""
    bands = f", {SAMPLE_BANDS}" if type_ in ("sample", "percent", "number") else ""
    scored = f", scale: standard{bands}" if type_ not in ("text", "date", "people") else ""
    more = f", {extra}" if extra else ""
    return f"      - {{id: {name}, ask: {name.title()}?, type: {type_}{scored}{more}}}\n"


def area(name: str, *questions: str, extra: str = "") -> str:
    """An area with questions; `extra` holds one more key and its value."""
    more = f"    {extra}\n" if extra else ""
    head = f"  - id: {name}\n    title: {name.title()}\n{more}    questions:\n"
    return head + "".join(questions)


def text(*areas: str, bands: str = BANDS, overall: str = "") -> str:
    """The whole form as YAML."""
    return f"{HEAD}{bands}{overall}areas:\n{''.join(areas)}"


def form(*areas: str, bands: str = BANDS, overall: str = "") -> Form:
    """The whole form."""
    return read_form(text(*areas, bands=bands, overall=overall), "small.yaml")
