"""Dates as they are typed."""

from __future__ import annotations

import re
from datetime import date

from visitapp.errors import Code, Refused
from visitapp.language import message


def read_date(text: str) -> date:
    """The day of `YYYY-MM-DD`. Raises Refused(BAD_VALUE)."""
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(
            Code.BAD_VALUE,
            message("“{text}” is not a day.", text=text),
            message("Write it as YYYY-MM-DD."),
        ) from None


def read_day(text: str | None) -> date | None:
    """The day of an option that may be left out. Raises Refused(BAD_VALUE)."""
    return read_date(text) if text else None
