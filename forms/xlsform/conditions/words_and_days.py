"""Comparisons of words, days, rounded numbers and lengths.

An unanswered question is the empty text. Days are texts such as 2026-11-22, whose order is theirs.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from datetime import date

from forms.xlsform.conditions.expressions import ExpressionError
from forms.xlsform.conditions.truth import (
    FALSE,
    Answered,
    Compared,
    Constant,
    Truth,
    every,
    negated,
    some,
)
from forms.xlsform.conditions.values import (
    Dated,
    Fixed,
    Leaf,
    Rounded,
    Worded,
    as_number,
    literal,
    quoted,
)
from visitapp.language import message

_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
LONGEST = 100_000
"""More characters than any answer has."""


def compare_fixed(left: str | float, sign: str, right: str | float) -> bool:
    """Two fixed values compared as XPath does: as numbers, unless two texts are equal or not."""
    if sign in ("=", "!=") and isinstance(left, str) and isinstance(right, str):
        return (left == right) is (sign == "=")
    a, b = as_number(left), as_number(right)
    if sign in ("=", "!="):
        return (a == b) is (sign == "=")
    return _ORDER[sign](a, b)


def compare_words(left: Worded, sign: str, right: Leaf) -> Truth:
    """Words are equal to a text or to other words, or not; they have no order."""
    if sign not in ("=", "!="):
        raise ExpressionError(message("it takes words for a number"))
    if sign == "!=":
        return negated(compare_words(left, "=", right))
    there = Answered(left.question, True)
    if isinstance(right, Fixed) and isinstance(right.value, str):
        if right.value == "":
            return negated(there)
        return Compared(left.cel, "==", quoted(right.value), (left.question,), False)
    if isinstance(right, Worded):
        both = Compared(left.cel, "==", right.cel, (left.question, right.question), False)
        neither = [negated(there), Answered(right.question, False)]
        return some([both, every(neither)])
    raise ExpressionError(message("it compares words with a number or a date"))


def is_day(text: str) -> bool:
    """Whether a text is a day such as 2026-11-22."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def compare_days(left: Dated, sign: str, right: Leaf) -> Truth:
    """Days are kept as texts such as 2026-11-22, whose order is that of the days."""
    if isinstance(right, Fixed) and right.value == "" and sign in ("=", "!="):
        there = every(Answered(question, True) for question in left.questions)
        return there if sign == "!=" else negated(there)
    if isinstance(right, Fixed) and isinstance(right.value, str) and is_day(right.value):
        right = Dated(f"'{right.value}'")
    if not isinstance(right, Dated):
        raise ExpressionError(message("it compares a date with something else"))
    if sign == "!=":
        return negated(compare_days(left, "=", right))
    questions = tuple(dict.fromkeys((*left.questions, *right.questions)))
    both = Compared(left.cel, {"=": "=="}.get(sign, sign), right.cel, questions, False)
    if sign == "=" and left.question and right.question:
        # Two unanswered questions are two empty texts, which are equal.
        return some([both, every(Answered(question, False) for question in questions)])
    return both


def compare_rounded(left: Rounded, sign: str, number: float) -> Truth:
    """A rounded number reaches a multiple of its step from half a step below it."""
    if sign == "!=":
        return negated(compare_rounded(left, "=", number))
    if math.isnan(number):
        return FALSE
    steps = round(number / left.step, 6)
    low, high = math.floor(steps), math.ceil(steps)
    if sign == "=":
        if low != high:
            return FALSE
        return every([_reaches(left, low), _stays_below(left, low + 1)])
    match sign:
        case ">=":
            return _reaches(left, high)
        case ">":
            return _reaches(left, low + 1)
        case "<":
            return _stays_below(left, high)
    return _stays_below(left, low + 1)


def _reaches(left: Rounded, steps: int) -> Truth:
    """When the rounded number is at least so many steps."""
    least = literal((steps - 0.5) * left.step, whole=False)
    return Compared(left.of.cel, ">=", least, left.of.questions, False)


def _stays_below(left: Rounded, steps: int) -> Truth:
    """When there is a rounded number, below so many steps."""
    least = literal((steps - 0.5) * left.step, whole=False)
    return Compared(left.of.cel, "<", least, left.of.questions, False)


def compare_length(left: Worded, sign: str, number: float) -> Truth:
    """Words have one character or more; without an answer the length is 0."""
    there = Answered(left.question, True)
    none = every([negated(there), Constant(compare_fixed(0.0, sign, number))])
    if math.isnan(number) or not 0 <= number <= LONGEST:
        raise ExpressionError(message("it compares a length with an unusual number"))
    lengths = {1, math.floor(number) - 1, math.floor(number), math.floor(number) + 1, LONGEST}
    fits = {compare_fixed(float(length), sign, number) for length in lengths if length > 0}
    if fits == {True}:
        return some([there, none])
    if fits == {False}:
        return none
    if not number.is_integer():
        raise ExpressionError(message("it compares a length with a number that has decimals"))
    cel_sign = {"=": "=="}.get(sign, sign)
    questions = (left.question,)
    longer = Compared(f"size({left.cel})", cel_sign, f"{number:.0f}", questions, False)
    return some([every([there, longer]), none])
