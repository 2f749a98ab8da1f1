"""Who is named in a text that must name nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable

from visitapp.language import Message, message

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/-])(\+\d|0)[\d ()-]{7,}\d")
_PHONE_DIGITS = 9
_ADDRESSED = re.compile(r"\b(Mr|Mrs|Ms|Miss|Mx|Dr)\.?( [A-Z][\w'\u2019-]+)+")
_NHS = re.compile(r"(?<![\w/-])(?=(\d(?: ?\d){9})(?![\d/-]))")
"""Ten digits, spaced or not. Only looked ahead at, so that a number before one hides none."""
_BETWEEN = re.compile(r"[\s,.]+")


def personal_fault(text: str, names: Iterable[str]) -> Message | None:
    """Why a text cannot go to other teams, in a sentence; None when it can.

    `names`: of people whom the records know. One of a single word may be any word, and is left out.
    """
    found = _EMAIL.search(text) or _phone(text)
    named = found.group().strip() if found else _person(text) or _known(text, names)
    if not named:
        return None
    return message(
        "The condition is sent to other teams, so it names nobody: leave out “{found}”.",
        found=named,
    )


def exception_text_fault(text: str | None) -> Message | None:
    """Why a text of a placement exception cannot be kept, in a sentence; None when it can."""
    named = _person(text or "")
    if not named:
        return None
    return message(
        "A placement exception names a person by a code alone: leave out “{found}”.", found=named
    )


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits are an NHS number: the last one is the check digit, modulo 11."""
    weighed = sum(
        int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)
    )
    return (11 - weighed % 11) % 11 == int(digits[9])


def _person(text: str) -> str:
    """The NHS number, or the title and names, of somebody in a text; empty when there is none."""
    for found in _NHS.finditer(text):
        if is_nhs_number(found.group(1).replace(" ", "")):
            return found.group(1)
    addressed = _ADDRESSED.search(text)
    return addressed.group() if addressed else ""


def _phone(text: str) -> re.Match[str] | None:
    numbers = _PHONE.finditer(text)
    return next((n for n in numbers if sum(map(str.isdigit, n.group())) >= _PHONE_DIGITS), None)


def _known(text: str, names: Iterable[str]) -> str:
    words = f" {_plain(text)} "
    known = (name for name in names if " " in _plain(name))
    return next((name for name in known if f" {_plain(name)} " in words), "")


def _plain(text: str) -> str:
    return _BETWEEN.sub(" ", re.sub("['\u2019]s\\b", "", text)).strip().casefold()
