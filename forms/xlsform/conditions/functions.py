"""XPath's functions and sums, applied to the leaves of values."""

from __future__ import annotations

import math

from forms.format.condition_tokens import MAX_LENGTH
from forms.xlsform.conditions.comparing import compared, ticked
from forms.xlsform.conditions.expressions import ExpressionError
from forms.xlsform.conditions.truth import FALSE, Answered, Constant, Truth, every, negated
from forms.xlsform.conditions.values import (
    Case,
    Cases,
    Chosen,
    Count,
    Dated,
    Fixed,
    Leaf,
    Length,
    Measured,
    Rounded,
    Ticked,
    Worded,
    as_number,
    cases,
    fixed,
    holds,
    literal,
    mapped,
    names_of,
    one,
    paired,
)
from forms.xlsform.conditions.words_and_days import is_day
from visitapp.language import message


def as_text(value: str | float) -> str:
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)


def has_word(leaf: Leaf, wanted: str) -> Truth:
    if isinstance(leaf, Ticked):
        question = leaf.questions.get(wanted)
        return ticked(question) if question else FALSE
    if isinstance(leaf, Chosen):
        return holds(names_of(leaf), lambda inner: has_word(inner, wanted))
    if isinstance(leaf, Fixed):
        return Constant(wanted in as_text(leaf.value).split())
    return compared(leaf, "=", Fixed(wanted))


def number(leaf: Leaf) -> Cases:
    if isinstance(leaf, Chosen):
        return mapped(names_of(leaf), number)
    if isinstance(leaf, Fixed):
        return fixed(as_number(leaf.value))
    if isinstance(leaf, Ticked):
        raise ExpressionError(message("it takes ticks for a number"))
    if isinstance(leaf, Worded):
        raise ExpressionError(message("it takes words for a number"))
    if isinstance(leaf, Dated):
        raise ExpressionError(message("it reckons with dates"))
    return one(leaf)


def whole_number(leaf: Leaf) -> Cases:
    changed = number(leaf)
    for case in changed:
        if isinstance(case.leaf, Measured) and not case.leaf.whole:
            raise ExpressionError(message("it uses int() on a number with decimals"))

    def cut(inner: Leaf) -> Cases:
        if isinstance(inner, Fixed) and isinstance(inner.value, float):
            number = inner.value
            return fixed(number if math.isnan(number) else float(math.trunc(number)))
        return one(inner)

    return mapped(changed, cut)


def length(leaf: Leaf) -> Cases:
    if isinstance(leaf, Chosen):
        return mapped(names_of(leaf), length)
    if isinstance(leaf, Fixed):
        return fixed(float(len(as_text(leaf.value))))
    if isinstance(leaf, Ticked):
        none = every(negated(ticked(question)) for question in leaf.questions.values())
        return cases([Case(none, Fixed(0.0)), Case(negated(none), Fixed(math.inf))])
    if isinstance(leaf, Measured | Worded):
        return one(Length(leaf))
    if isinstance(leaf, Dated):
        there = every(Answered(question, True) for question in leaf.questions)
        return cases([Case(there, Fixed(10.0)), Case(negated(there), Fixed(0.0))])
    raise ExpressionError(message("it asks for the length of a number"))


def count(leaf: Leaf) -> Cases:
    if isinstance(leaf, Chosen):
        return mapped(names_of(leaf), count)
    if isinstance(leaf, Fixed):
        return fixed(float(len(as_text(leaf.value).split())))
    if isinstance(leaf, Ticked):
        return one(Count(leaf))
    raise ExpressionError(message("it counts the choices of a number"))


def arithmetic(left: Cases, sign: str, right: Cases) -> Cases:
    return paired(mapped(left, number), mapped(right, number), lambda a, b: _worked_out(a, sign, b))


def _worked_out(left: Leaf, sign: str, right: Leaf) -> Leaf:
    if isinstance(left, Fixed) and isinstance(right, Fixed):
        return Fixed(_calculated(as_number(left.value), sign, as_number(right.value)))
    for leaf in (left, right):
        if isinstance(leaf, Fixed) and math.isnan(as_number(leaf.value)):
            return Fixed(math.nan)
    if sign == "mod":
        return _remainder(left, right)
    questions: list[str] = []
    texts = []
    for leaf in (left, right):
        if isinstance(leaf, Fixed):
            texts.append(literal(as_number(leaf.value), whole=False))
        elif isinstance(leaf, Measured):
            texts.append(leaf.cel if leaf.single else f"({leaf.cel})")
            questions += leaf.questions
        else:
            raise ExpressionError(message("it adds up what is no number"))
    text = f"{texts[0]} {'/' if sign == 'div' else sign} {texts[1]}"
    if len(text) > MAX_LENGTH:
        raise ExpressionError(message("it is too long once translated"))
    whole = sign != "div" and all(_is_whole(leaf) for leaf in (left, right))
    return Measured(text, tuple(dict.fromkeys(questions)), False, whole)


def _remainder(left: Leaf, right: Leaf) -> Leaf:
    """`left mod right` of whole numbers. CEL has it for its integers alone, so it goes through
    them; both cut towards 0."""
    if not isinstance(right, Fixed) or not isinstance(left, Measured):
        raise ExpressionError(message("it uses mod with an answer as the divisor"))
    divisor = as_number(right.value)
    if not left.whole or not divisor.is_integer() or divisor == 0:
        raise ExpressionError(message("it uses mod on a number with decimals"))
    text = f"double(int({left.cel}) % {abs(divisor):.0f})"
    return Measured(text, left.questions, False, True)


def rounded(leaf: Leaf, digits: int) -> Cases:
    """The number rounded to so many digits after the point."""

    def cut(inner: Leaf) -> Cases:
        if isinstance(inner, Fixed):
            value = as_number(inner.value)
            step = 10.0**-digits
            return fixed(math.nan if math.isnan(value) else math.floor(value / step + 0.5) * step)
        if isinstance(inner, Measured):
            return one(inner) if inner.whole else one(Rounded(inner, 10.0**-digits))
        raise ExpressionError(message("it rounds a length or a count"))

    return mapped(number(leaf), cut)


def as_day(leaf: Leaf) -> Cases:
    """A date as it is, or a text in the form 2026-11-22 as a date."""
    if isinstance(leaf, Dated):
        return one(leaf)
    if isinstance(leaf, Fixed) and isinstance(leaf.value, str) and is_day(leaf.value):
        return one(Dated(f"'{leaf.value}'"))
    raise ExpressionError(message("it takes something else for a date"))


def _is_whole(leaf: Leaf) -> bool:
    if isinstance(leaf, Fixed):
        return as_number(leaf.value).is_integer()
    return isinstance(leaf, Measured) and leaf.whole


def _calculated(left: float, sign: str, right: float) -> float:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    if right == 0 or math.isnan(left) or math.isnan(right):
        return math.nan
    return left / right if sign == "div" else math.fmod(left, right)
