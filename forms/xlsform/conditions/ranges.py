"""Whether one value can meet several comparisons with constants, such as `> 5` and `< 3`."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

_HOLDS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TEXT = re.compile(r"'[^'\\]*'|\"[^\"\\]*\"")


def can_hold(comparisons: Iterable[tuple[str, str]]) -> bool:
    """Whether some value meets all comparisons, each an operator and a constant in CEL.

    Comparisons with anything else than a constant are left out of account.
    """
    numbers: list[tuple[str, Fraction]] = []
    texts: list[tuple[str, str]] = []
    for sign, right in comparisons:
        if _NUMBER.fullmatch(right):
            numbers.append((sign, Fraction(right)))
        elif _TEXT.fullmatch(right):
            texts.append((sign, right[1:-1]))
    return _numbers_can(numbers) and _texts_can(texts)


def _numbers_can(comparisons: list[tuple[str, Fraction]]) -> bool:
    """Tried at each constant, between each two, and beyond the outer ones."""
    edges = sorted({value for _, value in comparisons})
    if not edges:
        return True
    between = [(low + high) / 2 for low, high in pairwise(edges)]
    tried = [edges[0] - 1, *edges, *between, edges[-1] + 1]
    return any(all(_HOLDS[sign](one, value) for sign, value in comparisons) for one in tried)


def _texts_can(comparisons: list[tuple[str, str]]) -> bool:
    """Tried before all constants, at each one, and just after it."""
    edges = {value for _, value in comparisons}
    tried = ["", *edges, *(f"{value}\0" for value in edges)]
    return any(all(_HOLDS[sign](one, value) for sign, value in comparisons) for one in tried)
