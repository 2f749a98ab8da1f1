"""The outcome of a few answers to a shipped form, said shortly."""

from __future__ import annotations

from typing import Any

from forms.catalogue.catalogue import shipped
from forms.rating.outcome import Outcome
from forms.rating.rating import rate
from tests.support.forms.answers import best_answers

NURSING = {"service_type": "nursing"}


def rated(form_id: str, /, **answers: Any) -> Outcome:
    """The outcome of these answers alone: a word, a number, or (checked, met) of a sample."""
    return rate(shipped().form(form_id), {name: given(said) for name, said in answers.items()})


def all_best_but(form_id: str, /, **answers: Any) -> Outcome:
    """The outcome of a nursing home when everything is at its best but for these answers."""
    form = shipped().form(form_id)
    changed = {name: given(said) for name, said in answers.items()}
    return rate(form, {**best_answers(form), **changed}, NURSING)


def given(said: Any) -> dict[str, Any]:
    """An answer as a form takes it."""
    if isinstance(said, tuple):
        return {"checked": said[0], "met": said[1]}
    return {"value": said}
