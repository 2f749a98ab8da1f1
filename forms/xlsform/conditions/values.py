"""The value of an expression: a few cases, each a plain leaf under its own condition.

`if(${a} = 'x', 1, ${n})` is two cases. An operator on cases is applied to every pair of leaves, so
that comparisons end up on leaves alone and `if` leaves no trace in the condition that is written.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from msgspec import Struct

from forms.xlsform import limits
from forms.xlsform.conditions.expressions import ExpressionError
from forms.xlsform.conditions.truth import (
    FALSE,
    TRUE,
    Member,
    Truth,
    every,
    negated,
    size,
    some,
)
from visitapp.language import message


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


class Worded(Struct, frozen=True):
    """The answer to a question that is answered in words."""

    question: str

    @property
    def cel(self) -> str:
        """The answer in CEL."""
        return f"answers.{self.question}"


class Dated(Struct, frozen=True):
    """A day in CEL, as a text such as '2026-11-22': an answer, `today()` or a fixed day.

    question: the question it answers, or empty.
    """

    cel: str
    question: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that must be answered for it."""
        return (self.question,) if self.question else ()


class Length(Struct, frozen=True):
    """The number of characters of an answer. Of a number only whether it is 0 is known."""

    of: Measured | Worded


class Rounded(Struct, frozen=True):
    """A number rounded to multiples of `step`, as XPath rounds: a half goes up."""

    of: Measured
    step: float


class Count(Struct, frozen=True):
    """How many choices are ticked."""

    of: Ticked


Leaf = Fixed | Chosen | Ticked | Measured | Worded | Dated | Length | Rounded | Count


class Case(Struct, frozen=True):
    """A leaf, and when the expression is it."""

    when: Truth
    leaf: Leaf


Cases = tuple[Case, ...]
"""Exactly one of the conditions is true at any time."""


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
        raise ExpressionError(message("it has too many cases"))
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


def paired(left: Cases, right: Cases, combine: Callable[[Leaf, Leaf], Leaf]) -> Cases:
    """Each pair of leaves that can come about together, combined."""
    found: list[Case] = []
    for a in left:
        for b in right:
            when = every([a.when, b.when])
            if when != FALSE:
                found.append(Case(when, combine(a.leaf, b.leaf)))
    return cases(found)


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


def literal(number: float, *, whole: bool = True) -> str:
    """A number in CEL. Sums need a decimal point, comparisons do not."""
    if not math.isfinite(number) or abs(number) >= 1e12:
        raise ExpressionError(message("it holds a number out of range"))
    if number.is_integer():
        return f"{number:.0f}" if whole else f"{number:.1f}"
    return f"{number:.9f}".rstrip("0")


def quoted(text: str) -> str:
    """A text in CEL. Raises ExpressionError for one that a condition cannot hold."""
    mark = '"' if "'" in text else "'"
    if mark in text or "\\" in text or "\n" in text:
        raise ExpressionError(message("it holds a text with both kinds of quotes or a backslash"))
    return f"{mark}{text}{mark}"


def weight(value: Cases) -> int:
    """How much there is to look at when a value is paired with another."""
    return sum(
        size(case.when) + (len(case.leaf.names) if isinstance(case.leaf, Chosen) else 0)
        for case in value
    )
