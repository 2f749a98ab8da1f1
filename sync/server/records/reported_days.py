"""What the server checks of days on which something is said to have happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Synced
from visitapp.records.declared import fields_with
from visitapp.rules.days import reported_fault
from visitapp.rules.policy.model import Policy


def latest_day(now: datetime, policy: Policy) -> date:
    """Today, by a clock that is as far ahead as the policy allows for."""
    return now.date() + timedelta(days=policy.ratings.days_ahead)


def require_come(kind: type[Synced], values: Mapping[str, Any], latest: date) -> None:
    """Raise Refused BAD_VALUE for a reported day that has not come or cannot be meant."""
    for field in fields_with(kind, "reported") & values.keys():
        value = values[field]
        day = value.date() if isinstance(value, datetime) else value
        fault = reported_fault(day, latest) if day is not None else None
        if fault:
            what = message("Correct the date, or check the clock of this computer.")
            raise Refused(Code.BAD_VALUE, fault, what, field=field)
