"""Days that a person gives."""

from __future__ import annotations

from datetime import date

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.services.context import Desk


def come(desk: Desk, day: date | None) -> date:
    """A day that has come, by default today. Raises Refused BAD_VALUE for a later one."""
    today = desk.today()
    if day is not None and day > today:
        raise Refused(Code.BAD_VALUE, message("This date is in the future."), field="day")
    return day or today
