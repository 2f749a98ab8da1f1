"""Recorded values as people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from forms.model import Question
from forms.rating.answers import scale_value
from visitapp.dates import short_day
from visitapp.language import Message, counted, translate

SPOKEN_TO: dict[str, Callable[[int], Message]] = {
    "people": lambda n: counted(
        "{n} person who uses the service", "{n} people who use the service", n
    ),
    "relatives": lambda n: counted("{n} relative or friend", "{n} relatives or friends", n),
    "staff": lambda n: counted("{n} member of staff", "{n} members of staff", n),
    "professionals": lambda n: counted("{n} professional", "{n} professionals", n),
}
"""How many of each group were spoken to."""


def answer_text(question: Question, answer: Mapping[str, Any]) -> str:
    """An answer in a few words: its label on the scale, with the figures it comes from."""
    found = scale_value(question, answer)
    if found is not None and (found.excluded or found.unchecked):
        return found.label
    figures = _figures(question, answer)
    if found is None:
        return figures
    return f"{found.label} ({figures})" if figures and question.type != "choice" else found.label


def _figures(question: Question, answer: Mapping[str, Any]) -> str:
    if question.type == "sample":
        return translate(
            "{met} of {checked}", met=answer.get("met", 0), checked=answer.get("checked", 0)
        )
    value = answer.get("value")
    if question.type == "people" and isinstance(value, Mapping):
        return ", ".join(_spoken_to(str(group), count or 0) for group, count in value.items())
    if question.type == "date":
        return short_day(date.fromisoformat(str(value)))
    unit = "%" if question.type == "percent" else f" {question.unit}" if question.unit else ""
    return "" if value is None else f"{value}{unit}"


def _spoken_to(group: str, n: int) -> str:
    return str(SPOKEN_TO[group](n)) if group in SPOKEN_TO else f"{n} {group}"
