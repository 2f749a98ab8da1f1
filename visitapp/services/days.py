"""Days that a person gives."""

from __future__ import annotations

from datetime import date

from visitapp.errors import Code, Refused
from visitapp.rules.days import future_fault
from visitapp.services.context import Desk


def day_that_came(desk: Desk, day: date | None, field: str = "day") -> date:
    """The day on which something took place, today by default. Raises Refused BAD_VALUE for one in
    the future."""
    fault = future_fault(day, desk.today())
    if fault:
        raise Refused(Code.BAD_VALUE, fault, field=field)
    return day or desk.today()
