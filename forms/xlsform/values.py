"""What an expression may give: a few cases, each a plain leaf under its own condition.

`if(${a} = 'x', 1, ${n})` is two cases. An operator on cases is applied to every pair of leaves, so
that comparisons end up on leaves alone and `if` leaves no trace in the condition that is written.
The comparisons follow XPath 1.0 as ODK's engine reads it: an unanswered question is the empty text.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from itertools import combinations

from msgspec import Struct

from forms.xlsform import limits
from forms.xlsform.expressions import ExpressionError
from forms.xlsform.truth import (
    FALSE,
    TRUE,
    Answered,
    Compared,
    Constant,
    Member,
    Truth,
    every,
    negated,
    some,
)


class Fixed(Struct, frozen=True):
    """A text or a number that never changes."""

    value: str | float


class Chosen(Struct, frozen=True):
    """The answer to a choice: `names` gives for each of our values the XLSForm's name."""

    question: str
    names: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(self.question)


class Ticked(Struct, frozen=True):
    """The ticks of a "select multiple": the question that stands for each of its choices."""

    questions: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(tuple(self.questions.values()))


class Measured(Struct, frozen=True):
    """A sum in CEL over numbers. `single` when it is one question's answer, `whole` when whole."""

    cel: str
    questions: tuple[str, ...]
    single: bool = True
    whole: bool = False


class Length(Struct, frozen=True):
    """The number of characters of an answered number: only whether it is 0 is known."""

    of: Measured


class Count(Struct, frozen=True):
    """How many choices are ticked."""

    of: Ticked


Leaf = Fixed | Chosen | Ticked | Measured | Length | Count


class Case(Struct, frozen=True):
    """A leaf, and when the expression is it."""

    when: Truth
    leaf: Leaf


Cases = tuple[Case, ...]
"""Exactly one of the conditions is true at any time."""

_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def one(leaf: Leaf) -> Cases:
    """An expression that is always this leaf."""
    return (Case(TRUE, leaf),)


def fixed(value: str | float) -> Cases:
    """An expression that never changes."""
    return one(Fixed(value))


def from_truth(truth: Truth) -> Cases:
    """A condition as a value: 1 or 0."""
    return cases([Case(truth, Fixed(1.0)), Case(negated(truth), Fixed(0.0))])


def cases(parts: list[Case]) -> Cases:
    """The cases that can come about, equal leaves joined."""
    joined: dict[Leaf, list[Truth]] = {}
    for case in parts:
        when = every([case.when])
        if when != FALSE:
            joined.setdefault(case.leaf, []).append(when)
    if len(joined) > limits.CASES:
        raise ExpressionError("it has too many cases")
    return tuple(Case(some(whens), leaf) for leaf, whens in joined.items())


def chosen_if(condition: Truth, yes: Cases, no: Cases) -> Cases:
    """`yes` when the condition is true, else `no`."""
    otherwise = negated(condition)
    return cases(
        [Case(every([condition, case.when]), case.leaf) for case in yes]
        + [Case(every([otherwise, case.when]), case.leaf) for case in no]
    )


def mapped(value: Cases, change: Callable[[Leaf], Cases]) -> Cases:
    """Each leaf turned into cases of its own."""
    return cases(
        [
            Case(every([outer.when, inner.when]), inner.leaf)
            for outer in value
            for inner in change(outer.leaf)
        ]
    )


def holds(value: Cases, test: Callable[[Leaf], Truth]) -> Truth:
    """When `test` is true of the value."""
    return some([every([case.when, test(case.leaf)]) for case in value])


def names_of(leaf: Chosen) -> Cases:
    """A choice as fixed texts: one case for each answer, and one for none."""
    domain = tuple(leaf.names)
    found = [
        Case(Member(leaf.question, domain, frozenset((value,)), False), Fixed(name))
        for value, name in leaf.names.items()
    ]
    missing = Member(leaf.question, domain, frozenset(), True)
    return cases([*found, Case(missing, Fixed(""))])


def as_number(value: str | float) -> float:
    """A text as XPath's number() reads it; NaN when it is none."""
    if isinstance(value, float):
        return value
    text = value.strip()
    plain = text.removeprefix("-").replace(".", "", 1)
    return float(text) if plain.isascii() and plain.isdigit() else math.nan


def truth_of(value: Cases) -> Truth:
    """The value as XPath's boolean() reads it: a text that is not empty, a number that is not 0."""
    return holds(value, _leaf_truth)


def _leaf_truth(leaf: Leaf) -> Truth:
    match leaf:
        case Fixed(value) if isinstance(value, float):
            return Constant(value != 0 and not math.isnan(value))
        case Fixed(value):
            return Constant(value != "")
        case Measured():
            return Compared(leaf.cel, "!=", "0", leaf.questions, False)
        case Length() | Count():
            return compared(leaf, "!=", Fixed(0.0))
    return compared(leaf, "!=", Fixed(""))


def answered(leaf: Measured) -> Truth:
    """When all of a sum's numbers are there."""
    return every([Answered(question, True) for question in leaf.questions])


def compare(left: Cases, sign: str, right: Cases) -> Truth:
    """`left sign right`; the sign is one of = != < <= > >=."""
    return some(
        every([a.when, b.when, compared(a.leaf, sign, b.leaf)]) for a in left for b in right
    )


def compared(left: Leaf, sign: str, right: Leaf) -> Truth:
    """The comparison of two leaves."""
    if isinstance(left, Fixed):
        if isinstance(right, Fixed):
            return Constant(_fixed(left.value, sign, right.value))
        return compared(right, _TURNED.get(sign, sign), left)
    if isinstance(left, Ticked):
        return _ticked(left, sign, right)
    if isinstance(right, Ticked):
        return _ticked(right, _TURNED.get(sign, sign), left)
    if isinstance(left, Chosen):
        return _chosen(left, sign, right)
    if isinstance(right, Chosen):
        return _chosen(right, _TURNED.get(sign, sign), left)
    for leaf, other, turned in ((left, right, sign), (right, left, _TURNED.get(sign, sign))):
        if isinstance(leaf, Length | Count) and isinstance(other, Fixed):
            number = as_number(other.value)
            if isinstance(leaf, Length):
                return _length(leaf, turned, number)
            return _count(leaf, turned, number)
    return _measured(left, sign, right)


def _fixed(left: str | float, sign: str, right: str | float) -> bool:
    if sign in ("=", "!=") and isinstance(left, str) and isinstance(right, str):
        return (left == right) is (sign == "=")
    a, b = as_number(left), as_number(right)
    if sign in ("=", "!="):
        return (a == b) is (sign == "=")
    return _ORDER[sign](a, b)


def _chosen(left: Chosen, sign: str, right: Leaf) -> Truth:
    if isinstance(right, Fixed):
        fits = {v for v, name in left.names.items() if _fixed(name, sign, right.value)}
        return Member(
            left.question, tuple(left.names), frozenset(fits), _fixed("", sign, right.value)
        )
    return some(every([case.when, compared(case.leaf, sign, right)]) for case in names_of(left))


def _ticked(left: Ticked, sign: str, right: Leaf) -> Truth:
    """Ticks can be compared with a fixed text only: none ticked, or this one alone."""
    if not isinstance(right, Fixed) or not isinstance(right.value, str) or sign not in ("=", "!="):
        raise ExpressionError("it compares several ticks at once")
    wanted = right.value.split()
    unknown = any(name not in left.questions for name in wanted)
    exactly = (
        FALSE
        if unknown
        else every(
            ticked(question) if name in wanted else negated(ticked(question))
            for name, question in left.questions.items()
        )
    )
    return exactly if sign == "=" else negated(exactly)


def ticked(question: str) -> Truth:
    """When one choice of a "select multiple" is ticked."""
    return Member(question, ("yes", "no"), frozenset(("yes",)), False)


def _length(left: Length, sign: str, number: float) -> Truth:
    none, one_, many = (_fixed(length, sign, number) for length in (0.0, 1.0, 99.0))
    if one_ != many:
        raise ExpressionError("it asks for the length of a number")
    there = answered(left.of)
    return some([every([there, Constant(many)]), every([negated(there), Constant(none)])])


def _count(left: Count, sign: str, number: float) -> Truth:
    if sign == "!=":
        return negated(_count(left, "=", number))
    most = len(left.of.questions)
    fits = [count for count in range(most + 1) if _fixed(float(count), sign, number)]
    if not fits:
        return FALSE
    return every([_at_least(left.of, fits[0]), negated(_at_least(left.of, fits[-1] + 1))])


def _at_least(ticks: Ticked, count: int) -> Truth:
    """When `count` choices or more are ticked."""
    questions = list(ticks.questions.values())
    if math.comb(len(questions), count) * count > limits.CASES:
        raise ExpressionError("it counts many ticks")
    return some(every(map(ticked, group)) for group in combinations(questions, count))


def _measured(left: Leaf, sign: str, right: Leaf) -> Truth:
    if not isinstance(left, Measured):
        raise ExpressionError("it compares a length or a count with an answer")
    cel_sign = {"=": "=="}.get(sign, sign)
    if isinstance(right, Measured):
        if sign == "!=":
            return negated(_measured(left, "=", right))
        questions = tuple(dict.fromkeys((*left.questions, *right.questions)))
        both = Compared(left.cel, cel_sign, right.cel, questions, False)
        if sign == "=" and left.single and right.single:
            # Two unanswered questions are two empty texts, which are equal.
            neither = [negated(answered(left)), negated(answered(right))]
            return some([both, every(neither)])
        return both
    if not isinstance(right, Fixed):
        raise ExpressionError("it compares a length or a count with an answer")
    number = as_number(right.value)
    if not math.isnan(number):
        return Compared(left.cel, cel_sign, literal(number), left.questions, sign == "!=")
    blank = right.value == "" if left.single else right.value in ("", "NaN")
    if sign in ("=", "!=") and blank:
        return answered(left) if sign == "!=" else negated(answered(left))
    return Constant(sign == "!=")


def literal(number: float, *, whole: bool = True) -> str:
    """A number in CEL. Sums need a decimal point, comparisons do not."""
    if not math.isfinite(number) or abs(number) >= 1e12:
        raise ExpressionError("it holds a number out of range")
    if number.is_integer():
        return f"{number:.0f}" if whole else f"{number:.1f}"
    return f"{number:.9f}".rstrip("0")
