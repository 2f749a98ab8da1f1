"""Recorded values as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from forms.model import Question
from forms.rating.answers import scale_value
from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.vocabulary import people_groups


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
        groups = people_groups()
        return ", ".join(
            f"{count} {groups.get(str(group), str(group)).lower()}"
            for group, count in value.items()
        )
    if question.type == "date":
        return short_day(date.fromisoformat(str(value)))
    unit = "%" if question.type == "percent" else f" {question.unit}" if question.unit else ""
    return "" if value is None else f"{value}{unit}"
