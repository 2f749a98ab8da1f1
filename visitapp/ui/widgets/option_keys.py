"""Which key chooses which option of an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

LETTERS = "XCVBFRSWYZOPQHI"
"""Letters that no command of the Visit page uses, in the order they are handed out."""

_RANGE = re.compile(r"\b(\d)\s*(?:to|-|\u2013)\s*(\d)\b")
_UP_TO = re.compile(r"\b(\d) or (?:lower|fewer|less|below|under)\b")
_FROM = re.compile(r"\b(\d) or (?:higher|more|above|over)\b")
_NUMBER = re.compile(r"(?<![\d.,])\d(?![\d.,%])\b")


class OptionKeys(Struct, frozen=True):
    """The keys that choose an option (`5`, `X`) and how the option shows them."""

    keys: tuple[str, ...]
    shown: str


def option_keys(labels: Sequence[str]) -> list[OptionKeys]:
    """The keys of each option, by its label.

    Where labels hold single figures, as in `5`, `Grade 5`, `4 or 5` and `2 or lower`, a digit
    chooses the option whose label holds it and no other, and the remaining options have letters.
    Where they hold none, the first nine options are numbered.
    """
    digits = _by_label(labels)
    if not any(digits):
        digits = [str(place + 1) if place < 9 else "" for place in range(len(labels))]
    letters = iter(_letters(labels, digits))
    return [OptionKeys(tuple(own), _shown(own)) if own else next(letters) for own in digits]


def letter_keys(labels: Sequence[str]) -> list[OptionKeys]:
    """The keys of options that stand beside a figure field, where digits are typed."""
    return _letters(labels, ["" for _ in labels])


def _by_label(labels: Sequence[str]) -> list[str]:
    """The digits that each label speaks for; one that two labels hold goes to the label that
    begins with it, else to neither."""
    spoken = [_digits(label) for label in labels]
    for digit in "0123456789":
        holders = [place for place, own in enumerate(spoken) if digit in own]
        leading = [place for place in holders if labels[place].startswith(digit)]
        keeper = holders if len(holders) == 1 else leading if len(leading) == 1 else []
        for place in set(holders) - set(keeper):
            spoken[place] = spoken[place].replace(digit, "")
    return spoken


def _digits(label: str) -> str:
    found = set(_NUMBER.findall(label))
    for low, high in _RANGE.findall(label):
        found |= {str(n) for n in range(int(low), int(high) + 1)}
    for high in _UP_TO.findall(label):
        found |= {str(n) for n in range(int(high) + 1)}
    for low in _FROM.findall(label):
        found |= {str(n) for n in range(int(low), 10)}
    return "".join(sorted(found))


def _letters(labels: Sequence[str], digits: Sequence[str]) -> list[OptionKeys]:
    """A letter for each label without digits: an initial of its words where one is free."""
    free = list(LETTERS)
    given = []
    for label in (label for label, own in zip(labels, digits, strict=True) if not own):
        initials = [word[0].upper() for word in label.split()]
        letter = next((one for one in (*initials, *free) if one in free), "")
        if letter:
            free.remove(letter)
        given.append(OptionKeys((letter,) if letter else (), letter))
    return given


def _shown(digits: str) -> str:
    """`5`, `4 5`, or `0\u20132` for several in a row."""
    if len(digits) <= 2:
        return " ".join(digits)
    return f"{digits[0]}\u2013{digits[-1]}"
