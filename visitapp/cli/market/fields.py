"""`--set FIELD=VALUE`: fields as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from visitapp.cli.dates import read_day
from visitapp.errors import Code, Refused
from visitapp.language import message

Reader = Callable[[str], Any]
"""The value of a field from its text."""


def read_fields(given: Sequence[str], known: Mapping[str, Reader]) -> dict[str, Any]:
    """The fields of `FIELD=VALUE` texts. Raises Refused BAD_VALUE."""
    fields: dict[str, Any] = {}
    for one in given:
        name, separator, text = one.partition("=")
        if not separator or name not in known:
            raise Refused(
                Code.BAD_VALUE,
                message("“{text}” is not FIELD=VALUE with a known field.", text=one),
                message("The fields are {fields}.", fields=", ".join(known)),
            )
        fields[name] = known[name](text)
    return fields


def words(text: str) -> str:
    """A text as it is."""
    return text


def words_or_none(text: str) -> str | None:
    """A text; None when it is empty."""
    return text or None


def number(text: str) -> int | None:
    """A whole number; None when the text is empty. Raises Refused BAD_VALUE."""
    plain = text.replace(",", "").strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit()):
        raise Refused(Code.BAD_VALUE, message("“{text}” is not a whole number.", text=text))
    return int(plain[:12])


def day(text: str) -> date | None:
    """A day; None when the text is empty. Raises Refused BAD_VALUE."""
    return read_day(text)


def yes(text: str) -> bool:
    """`yes` or `no`. Raises Refused BAD_VALUE."""
    if text not in ("yes", "no"):
        raise Refused(Code.BAD_VALUE, message("“{text}” is neither yes nor no.", text=text))
    return text == "yes"


def listed(text: str) -> list[str]:
    """Words that are separated by commas."""
    return [word.strip() for word in text.split(",") if word.strip()]
