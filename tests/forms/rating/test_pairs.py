"""Pairs of answers that do what neither does alone, where other questions come and go (rule 9)."""

from __future__ import annotations

from typing import Any

import msgspec

import forms
from tests.forms import reference
from tests.support.forms import strategies as make


def asked(name: str, **keys: Any) -> dict[str, Any]:
    return {"id": name, "ask": f"{name}?", "type": "choice", "scale": "standard", **keys}


def changes(
    green: int, areas: dict[str, list[dict[str, Any]]], values: dict[str, str]
) -> list[list[str]]:
    """The questions of each change that the engine finds; the reference finds the same."""
    form = make.plain(green, areas)
    answers = {name: {"value": value} for name, value in values.items()}
    found = msgspec.to_builtins(forms.rate(make.as_form(form), answers, {}))["would_change"]
    assert found == reference.rate(form, answers, {})["would_change"]
    return [[answer["question"] for answer in change["answers"]] for change in found]


FIRM = [asked(f"firm{n}") for n in range(10)]
"""An area that stays rated, at 90 per cent."""
AT_90 = {one["id"]: "met" for one in FIRM} | {"firm9": "not_met"}


def test_a_pair_brings_in_what_is_good() -> None:
    both = "answers.one == 'met' && answers.two == 'met'"
    questions = [
        *(asked("low", weight=5), asked("lower", weight=5)),
        *(asked("one"), asked("two"), asked("good", weight=900, relevant=both)),
    ]
    values = {"low": "not_met", "lower": "not_met", "one": "partly", "two": "partly"}
    areas = {"first": questions, "second": FIRM}
    assert changes(94, areas, {**values, **AT_90, "good": "met"}) == [["one", "two"]]


def test_a_pair_takes_out_what_is_bad() -> None:
    either = "answers.one != 'met' || answers.two != 'met'"
    questions = [asked("one"), asked("two"), asked("bad", weight=10, relevant=either)]
    values = {"one": "partly", "two": "partly", "bad": "partly"}
    areas = {"first": questions, "second": FIRM}
    assert changes(94, areas, {**values, **AT_90}) == [["one", "two"], ["bad", "firm9"]]


def test_a_pair_keeps_out_what_each_of_them_brings_in() -> None:
    """An area that one answer would rate, and badly, stays unrated with both."""
    one_only = "(answers.one == 'met') != (answers.two == 'met')"
    areas = {
        "first": [asked("one"), asked("two")],
        "second": [asked("bad", relevant=one_only)],
    }
    values = {"one": "partly", "two": "partly", "bad": "not_met"}
    assert changes(90, areas, values) == [["one", "two"]]
