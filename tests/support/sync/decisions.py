"""Decisions on placements and significant events, made on the devices of a council."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.support.sync.council import Council, Device
from visitapp.records import PlacementPosition, Position, Role, Setting, SignificantEvent
from visitapp.rules.placement import Standing, standing_position
from visitapp.standing.placements import position_rows

TODAY = date(2026, 11, 22)


def stands(place: Council | Device, setting: str) -> Standing:
    with place.database.reading() as session:
        return standing_position(position_rows(session, setting))


def position(*places: Council | Device, setting: str) -> str:
    """The position that stands, alike in every place; `?` where two decisions met."""
    found = {
        stands(place, setting).position + "?" * len(stands(place, setting).others)
        for place in places
    }
    (one,) = found
    return one


def position_values(place: Device, setting: str, what: str, **more: Any) -> dict[str, Any]:
    """A decision on top of what the device knows."""
    known = stands(place, setting)
    return {
        "setting_id": setting,
        "replaces_id": known.row.id if known.row else None,
        "settles_id": known.others[0].id if known.others else None,
        "position": what,
        "condition": "Nobody who needs two carers at night" if what == "conditional" else "",
        "reason": "Seen today",
        "from_on": TODAY,
        "review_on": None if what == "open" else TODAY + timedelta(days=28),
        "source": "rating",
        "rag": "green",
        "policy_version": "2026.1",
        **more,
    }


def decide(place: Device, setting: str, what: str, **more: Any) -> None:
    place.add(PlacementPosition(**position_values(place, setting, what, **more)))


def decide_or_record(place: Device, setting: str) -> bool:
    """Let a lead decide on placements where they may, and an officer record an event that makes the
    setting Red; whether they did."""
    assert place.user is not None
    lead = place.user.role == Role.LEAD
    closed = stands(place, setting).position == Position.CLOSED
    if place.get(Setting, setting) is None or (lead and closed):
        return False
    if lead:
        decide(place, setting, "conditional")
    else:
        place.add(SignificantEvent(**event_values(setting, "red", "green")))
    return True


def event_values(setting: str, rag: str | None, before: str | None, **more: Any) -> dict[str, Any]:
    return {
        "setting_id": setting,
        "happened_on": TODAY,
        "kind": "serious_incident",
        "text": "A fall that nobody reported",
        "rag": rag,
        "rag_before": before,
        "reason": "No plan for falls" if rag else "",
        "review_on": TODAY + timedelta(days=28) if rag else None,
        "policy_version": "2026.1",
        **more,
    }
