"""A concern that repeats an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visitapp.language import Message, message


def repeat_fault(concern: Mapping[str, Any], earlier: Mapping[str, Any] | None) -> Message | None:
    """Why a concern cannot repeat an earlier one, from the values of both; None when it can.
    Whoever sees the one must not learn of a restricted other."""
    if earlier is None or earlier["setting_id"] != concern["setting_id"]:
        return message("The earlier concern is not one of this setting.")
    if earlier["received_at"] > concern["received_at"]:
        return message("The earlier concern came after this one.")
    if earlier["restricted_to"] is not None and concern["restricted_to"] is None:
        return message("The earlier concern is restricted, and this one is not.")
    return None
