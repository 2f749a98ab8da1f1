"""Which key chooses which option of an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from forms.model import ScaleValue

LETTERS = "VBFRSWYZOPQHI"
"""Letters that no command of the Visit page uses, in the order they are handed out."""

NOT_APPLICABLE, NOT_CHECKED = "X", "C"
SET_ASIDE = (NOT_APPLICABLE, NOT_CHECKED)
"""Letters that mean one thing at every question, and stand for no other option."""

_RANGE = re.compile(r"\b(\d)\s*(?:to|-|\u2013)\s*(\d)\b")
_UP_TO = re.compile(r"\b(\d) or (?:lower|fewer|less|below|under)\b")
_FROM = re.compile(r"\b(\d) or (?:higher|more|above|over)\b")
_NUMBER = re.compile(r"(?<![\d.,])\d(?![\d.,%])\b")


class OptionKeys(Struct, frozen=True):
    """The keys that choose an option (`5`, `X`) and how the option shows them."""

    keys: tuple[str, ...]
    shown: str


def option_keys(values: Sequence[ScaleValue]) -> list[OptionKeys]:
    """The keys of each option, by its label; C is always the one that says that nothing was
    checked or is known, X always Not applicable.

    Where labels hold single figures, as in `5`, `Grade 5`, `4 or 5` and `2 or lower`, a digit
    chooses the option whose label holds it and no other, and the remaining options have letters.
    Where they hold none, the first nine options are numbered.
    """
    labels = [value.label for value in values]
    digits = _by_label(labels)
    if not any(digits):
        digits = [str(place + 1) if place < 9 else "" for place in range(len(labels))]
    letters = iter(_letters([v for v, own in zip(values, digits, strict=True) if not own]))
    return [OptionKeys(tuple(own), _shown(own)) if own else next(letters) for own in digits]


def letter_keys(values: Sequence[ScaleValue]) -> list[OptionKeys]:
    """The keys of options that stand beside a figure field, where digits are typed."""
    return _letters(values)


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


def _letters(values: Sequence[ScaleValue]) -> list[OptionKeys]:
    """A letter for each option: its own, else an initial of its words where one is free."""
    free, own = list(LETTERS), list(SET_ASIDE)
    given = []
    for value in values:
        letter = NOT_CHECKED if value.unchecked else ""
        letter = NOT_APPLICABLE if value.value == "not_applicable" else letter
        if letter in own:
            own.remove(letter)
        else:
            initials = [word[0].upper() for word in value.label.split()]
            letter = next((one for one in (*initials, *free) if one in free), "")
        if letter in free:
            free.remove(letter)
        given.append(OptionKeys((letter,) if letter else (), letter))
    return given


def _shown(digits: str) -> str:
    """`5`, `4 5`, or `0\u20132` for several in a row."""
    if len(digits) <= 2:
        return " ".join(digits)
    return f"{digits[0]}\u2013{digits[-1]}"
