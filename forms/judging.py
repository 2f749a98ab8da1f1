"""Judges one answer by itself: the number it holds, and the scale value that gives (§5 rule 3).

A number, percent or sample may hold, instead of its number, a `value` of its scale that is excluded
or unchecked, such as not applicable.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from forms.conditions import Reading
from forms.model import Question, ScaleValue

Answer = Mapping[str, object]
Answers = Mapping[str, Answer]

LARGEST = 10**12


def judge(question: Question, answer: Answer | None) -> tuple[Reading | None, ScaleValue | None]:
    """What a condition reads of an answer, and its scale value. Both None: not answered."""
    if not isinstance(answer, Mapping):
        return None, None
    value, scale = answer.get("value"), question.scale
    if question.type == "choice":
        if scale is None or not isinstance(value, str) or value not in scale.by_value:
            return None, None
        return value, scale.by_value[value]
    number = number_of(question, answer)
    if number is not None:
        return float(number), _banded(question, number)
    return None, _set_aside(question, value)


def number_of(question: Question, answer: Answer) -> Fraction | None:
    """The exact number of a number or percent, or the percentage of a sample; None without one."""
    if question.type == "sample":
        checked, met = answer.get("checked"), answer.get("met")
        if not (is_count(checked) and is_count(met)):
            return None
        assert isinstance(checked, int)
        assert isinstance(met, int)
        return Fraction(100 * met, checked) if checked > 0 and met <= checked else None
    if question.type not in ("number", "percent"):
        return None
    number = exact(answer.get("value"))
    if number is not None and question.type == "percent" and not 0 <= number <= 100:
        return None
    return number


def exact(value: object) -> Fraction | None:
    """A JSON number as it was written: 0.1 is a tenth. None when it is not a usable number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if abs(value) > LARGEST:
        return None
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def _banded(question: Question, number: Fraction) -> ScaleValue | None:
    if question.scale is None:
        return None
    for band in question.bands:
        if number >= band.start:
            return question.scale.by_value[band.result]
    return None


def _set_aside(question: Question, value: object) -> ScaleValue | None:
    """Not applicable or Not checked, said of a number or a sample."""
    if question.scale is None or not isinstance(value, str):
        return None
    found = question.scale.by_value.get(value)
    return found if found and (found.excluded or found.unchecked) else None


def is_count(value: object) -> bool:
    """Whether it is a whole number, 0 or more."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST
