"""Comparisons between the leaves of two values.

They follow XPath 1.0 as ODK's engine reads it: an unanswered question is the empty text.
"""

from __future__ import annotations

import math
from itertools import combinations

from forms.xlsform import limits
from forms.xlsform.conditions.expressions import ExpressionError
from forms.xlsform.conditions.truth import (
    FALSE,
    Answered,
    Compared,
    Constant,
    Member,
    Truth,
    every,
    negated,
    some,
)
from forms.xlsform.conditions.values import (
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
    holds,
    literal,
    names_of,
)
from forms.xlsform.conditions.words_and_days import (
    compare_days,
    compare_fixed,
    compare_length,
    compare_rounded,
    compare_words,
)
from visitapp.language import message

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


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
        case Length() | Count() | Rounded():
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
            return Constant(compare_fixed(left.value, sign, right.value))
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
        if isinstance(leaf, Worded):
            return compare_words(leaf, turned, other)
        if isinstance(leaf, Dated):
            return compare_days(leaf, turned, other)
        if isinstance(leaf, Rounded) and isinstance(other, Fixed):
            return compare_rounded(leaf, turned, as_number(other.value))
        if isinstance(leaf, Length | Count) and isinstance(other, Fixed):
            number = as_number(other.value)
            if isinstance(leaf, Length):
                return _length(leaf, turned, number)
            return _count(leaf, turned, number)
    return _measured(left, sign, right)


def _chosen(left: Chosen, sign: str, right: Leaf) -> Truth:
    if isinstance(right, Fixed):
        fits = {v for v, name in left.names.items() if compare_fixed(name, sign, right.value)}
        return Member(
            left.question, tuple(left.names), frozenset(fits), compare_fixed("", sign, right.value)
        )
    return some(every([case.when, compared(case.leaf, sign, right)]) for case in names_of(left))


def _ticked(left: Ticked, sign: str, right: Leaf) -> Truth:
    """Ticks can be compared with a fixed text only: none ticked, or this one alone."""
    if not isinstance(right, Fixed) or not isinstance(right.value, str) or sign not in ("=", "!="):
        raise ExpressionError(message("it compares several ticks at once"))
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
    if isinstance(left.of, Worded):
        return compare_length(left.of, sign, number)
    none, one_, many = (compare_fixed(length, sign, number) for length in (0.0, 1.0, 99.0))
    if one_ != many:
        raise ExpressionError(message("it asks for the length of a number"))
    there = answered(left.of)
    return some([every([there, Constant(many)]), every([negated(there), Constant(none)])])


def _count(left: Count, sign: str, number: float) -> Truth:
    if sign == "!=":
        return negated(_count(left, "=", number))
    most = len(left.of.questions)
    fits = [count for count in range(most + 1) if compare_fixed(float(count), sign, number)]
    if not fits:
        return FALSE
    return every([_at_least(left.of, fits[0]), negated(_at_least(left.of, fits[-1] + 1))])


def _at_least(ticks: Ticked, count: int) -> Truth:
    """When `count` choices or more are ticked."""
    questions = list(ticks.questions.values())
    if math.comb(len(questions), count) * count > limits.CASES:
        raise ExpressionError(message("it counts many ticks"))
    return some(every(map(ticked, group)) for group in combinations(questions, count))


def _measured(left: Leaf, sign: str, right: Leaf) -> Truth:
    if not isinstance(left, Measured):
        raise ExpressionError(message("it compares a length or a count with an answer"))
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
        raise ExpressionError(message("it compares a length or a count with an answer"))
    number = as_number(right.value)
    if not math.isnan(number):
        return Compared(left.cel, cel_sign, literal(number), left.questions, sign == "!=")
    blank = right.value == "" if left.single else right.value in ("", "NaN")
    if sign in ("=", "!=") and blank:
        return answered(left) if sign == "!=" else negated(answered(left))
    return Constant(sign == "!=")
