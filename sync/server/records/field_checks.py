"""What the server checks of single fields of a record: whose name they have, and whether their day
has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from visitapp.errors import Code, NotAllowed, Refused
from visitapp.language import message
from visitapp.records import Synced
from visitapp.records.declared import fields_with
from visitapp.rules.days import future_fault


def require_fields(
    kind: type[Synced], values: Mapping[str, Any], user_id: str, latest_day: date
) -> None:
    """Raise NotAllowed for a decision in somebody else's name, and Refused BAD_VALUE for a day that
    has not come. `latest_day`: today, as far ahead as the clock of a laptop may be."""
    for field in fields_with(kind, "own_name") & values.keys():
        if values[field] not in (None, user_id):
            raise NotAllowed(message("A decision that you make must be in your own name."))
    for field in fields_with(kind, "past") & values.keys():
        fault = future_fault(values[field], latest_day)
        if fault:
            raise Refused(Code.BAD_VALUE, fault, message("Check the clock of this computer."))
