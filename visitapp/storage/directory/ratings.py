"""The words that regulators publish as ratings. A word outside them is a problem of its row."""

from __future__ import annotations

_CQC = frozenset(
    (
        *("outstanding", "good", "requires improvement", "inadequate"),
        *("insufficient evidence to rate", "inspected but not rated", "not formally rated"),
        *("not rated", "no published rating", "not applicable", "no rating", "unrated"),
        *("regulations met", "regulations not met", "requirements met", "requirements not met"),
        *("not all regulations met", "not all requirements met", "enforcement action taken"),
        *("suspended", "under appeal", "under review"),
    )
)
_FHRS = frozenset(
    (
        *("0", "1", "2", "3", "4", "5", "exempt", "awaitinginspection", "awaitingpublication"),
        *("awaiting inspection", "awaiting publication", "pass", "improvement required"),
        *("pass and eat safe", "sensitive"),
    )
)
_PASSES = {"improvement required": 0, "pass": 1, "pass and eat safe": 2}
"""Of the Scottish food hygiene scheme."""
_WORST_FIRST = ("inadequate", "requires improvement", "good", "outstanding")


def is_cqc_rating(words: str) -> bool:
    """Whether CQC publishes a rating in these words."""
    return _plain(words) in _CQC


def is_hygiene_rating(words: str) -> bool:
    """Whether the food hygiene schemes publish a rating in these words."""
    return _plain(words) in _FHRS


def cautious(words: str) -> int:
    """A higher number for a worse rating or grade: of two of one day the worse one stands."""
    plain = _plain(words)
    if plain.isdigit():
        return 10 - int(plain)
    return len(_WORST_FIRST) - _WORST_FIRST.index(plain) if plain in _WORST_FIRST else 0


def goodness(words: str) -> int | None:
    """A higher number for a better rating or grade; None for words that do not rate."""
    plain = _plain(words)
    if plain.isdigit():
        return int(plain)
    if plain in _WORST_FIRST:
        return _WORST_FIRST.index(plain)
    return _PASSES.get(plain)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
