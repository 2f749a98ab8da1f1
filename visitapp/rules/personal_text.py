"""Who is named in a text that goes to other teams."""

from __future__ import annotations

import re
from collections.abc import Iterable

from visitapp.language import Message, message

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/-])(\+\d|0)[\d ()-]{7,}\d")
_PHONE_DIGITS = 9
_ADDRESSED = re.compile(r"\b(Mr|Mrs|Ms|Miss|Mx|Dr)\.? [A-Z][\w'\u2019-]+")
_BETWEEN = re.compile(r"[\s,.]+")


def personal_fault(text: str, names: Iterable[str]) -> Message | None:
    """Why a text cannot go to other teams, in a sentence; None when it can.

    `names`: of people whom the records know. One of a single word may be any word, and is left out.
    """
    found = _EMAIL.search(text) or _phone(text) or _ADDRESSED.search(text)
    named = found.group().strip() if found else _known(text, names)
    if not named:
        return None
    return message(
        "The condition is sent to other teams, so it names nobody: leave out “{found}”.",
        found=named,
    )


def _phone(text: str) -> re.Match[str] | None:
    numbers = _PHONE.finditer(text)
    return next((n for n in numbers if sum(map(str.isdigit, n.group())) >= _PHONE_DIGITS), None)


def _known(text: str, names: Iterable[str]) -> str:
    words = f" {_plain(text)} "
    known = (name for name in names if " " in _plain(name))
    return next((name for name in known if f" {_plain(name)} " in words), "")


def _plain(text: str) -> str:
    return _BETWEEN.sub(" ", re.sub("['\u2019]s\\b", "", text)).strip().casefold()
