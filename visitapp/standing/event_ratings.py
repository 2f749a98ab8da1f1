"""The rating row that follows from a significant event, as the server and the device that records
it both work it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visitapp.records.ids import rating_id
from visitapp.rules.choices import RatingCause, RatingKind
from visitapp.rules.ratings import RatingRow, at_event
from visitapp.standing.ratings import standing_on


def event_rating(
    event: Mapping[str, Any], rows: list[RatingRow], *, reviewer: bool
) -> dict[str, Any] | None:
    """The fields of the row for an event (its fields by name), with its `id`; None when it changes
    nothing. `rows`: those of the setting; `reviewer`: whether it was recorded by who reviews."""
    if event["rag"] is None:
        return None
    current = standing_on(rows, event["happened_on"])
    state = at_event(event["rag"], current=current.rag if current else None, reviewer=reviewer)
    if state is None:
        return None
    return {
        "id": rating_id(event["id"], RatingCause.EVENT),
        "setting_id": event["setting_id"],
        "cause": RatingCause.EVENT.value,
        "visit_id": None,
        "event_id": event["id"],
        "contract_id": None,
        "kind": RatingKind.QUALITY.value,
        "state": state.value,
        "visited_on": event["happened_on"],
        "rag": event["rag"],
        "percent": None,
        "provisional": False,
        "reason": event["reason"],
        "since": event["created_at"],
        "policy_version": event["policy_version"],
    }
