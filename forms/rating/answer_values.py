"""Judges one answer by itself: the number it holds, and the scale value that gives (rule 3).

A number, percent or sample may hold, instead of its number, a `value` of its scale that is excluded
or unchecked, such as not applicable.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TypeGuard

from msgspec.structs import replace

from forms.format.clauses import Reading
from forms.model import FIGURES, NOT_KNOWN, Question, ScaleValue
from visitapp.language import translate

Answer = Mapping[str, object]
Answers = Mapping[str, Answer]

LARGEST = 10**12


def value_of(question: Question, answer: Answer | None) -> tuple[Reading | None, ScaleValue | None]:
    """What a condition reads of an answer, and its scale value. Both None: not answered."""
    if answer is None or not isinstance(answer, dict | Mapping):
        return None, None
    value, scale = answer.get("value"), question.scale
    if question.type in ("text", "date"):
        return text_of(question, answer), None
    if question.type == "choice":
        if scale is None or not isinstance(value, str) or value not in scale.by_value:
            return None, None
        return value, scale.by_value[value]
    number = number_of(question, answer)
    if number is not None:
        return number[0] / number[1], _banded(question, *number)
    return None, _set_aside(question, value)


def text_of(question: Question, answer: Answer) -> str | None:
    """What was written, or a day as `2026-11-22`; None without one."""
    value = answer.get("value")
    if not isinstance(value, str) or not value.strip():
        return None
    return value if question.type == "text" or _is_date(value) else None


def set_aside_values(question: Question) -> tuple[ScaleValue, ...]:
    """What a figure's question can be answered with in place of the figure, such as not known."""
    if question.type not in FIGURES:
        return ()
    values = question.scale.values if question.scale else ()
    own = tuple(value for value in values if value.excluded or value.unchecked)
    return own if any(value.unchecked for value in own) else (*own, _not_known())


def may_need_reason(question: Question) -> bool:
    """Whether some answer to the question must be explained before sign-off."""
    values = question.scale.values if question.scale else ()
    return any(value.needs_reason for value in (*values, *set_aside_values(question)))


def number_of(question: Question, answer: Answer) -> tuple[int, int] | None:
    """The exact number of a number or percent, or the percentage of a sample; None without one.

    It is given as a whole number and what to divide it by, which is faster than a Fraction.
    """
    if question.type == "sample":
        return _sampled(answer.get("checked"), answer.get("met"))
    if question.type not in FIGURES:
        return None
    number = exact(answer.get("value"))
    if number is not None and question.type == "percent" and not 0 <= number[0] <= 100 * number[1]:
        return None
    return number


def exact(value: object) -> tuple[int, int] | None:
    """A JSON number as it was written: 0.1 is a tenth. None when it is not a usable number."""
    if type(value) is int:
        return (value, 1) if -LARGEST <= value <= LARGEST else None
    if isinstance(value, float) and -LARGEST <= value <= LARGEST:
        return Fraction(repr(value)).as_integer_ratio()
    return None


def is_count(value: object) -> TypeGuard[int]:
    """Whether it is a whole number, 0 or more."""
    return type(value) is int and 0 <= value <= LARGEST


def _sampled(checked: object, met: object) -> tuple[int, int] | None:
    if type(checked) is int and type(met) is int and 0 <= met <= checked and 0 < checked <= LARGEST:
        return 100 * met, checked
    return None


def _banded(question: Question, number: int, unit: int) -> ScaleValue | None:
    if question.scale is None:
        return None
    for band in question.bands:
        start, whole = band.start.as_integer_ratio()
        if number * whole >= start * unit:
            return question.scale.by_value[band.result]
    return None


def _set_aside(question: Question, value: object) -> ScaleValue | None:
    """Not applicable or Not checked, said of a number or a sample."""
    if question.type not in FIGURES or not isinstance(value, str):
        return None
    own = question.scale.by_value if question.scale else {}
    found = own.get(value, _not_known() if value == NOT_KNOWN.value else None)
    return found if found and (found.excluded or found.unchecked) else None


def _not_known() -> ScaleValue:
    """What no form words, in the language of the program."""
    return replace(NOT_KNOWN, label=translate("Not known"))


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
