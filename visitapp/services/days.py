"""Days that a person gives."""

from __future__ import annotations

from datetime import date

from visitapp.errors import Code, Refused
from visitapp.rules.days import reported_fault
from visitapp.services.context import Desk


def come(desk: Desk, day: date | None, field: str = "day") -> date:
    """A day that has come, by default today. Raises Refused BAD_VALUE for another one."""
    today = desk.today()
    fault = reported_fault(day or today, today)
    if fault:
        raise Refused(Code.BAD_VALUE, fault, field=field)
    return day or today
