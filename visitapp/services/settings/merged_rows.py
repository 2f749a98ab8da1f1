"""What the portfolio shows of a setting that others were merged into."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from visitapp.rules.choices import Position
from visitapp.services.settings.rag_order import RAG_ORDER

_RATING = ("rag", "rag_before", "rag_since", "rated_on", "provisional", "under_review")
_POSITION = ("position", "placements", "placements_note", "placement_waits")


def both(own: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a setting together with those of one merged into it: the rating and the risk of
    the later day, of one day the worse rating; the position of the other one until its own is
    decided."""
    fields = dict(own)
    if _day(other["rated_on"]) > _day(own["rated_on"]) or (
        other["rated_on"] == own["rated_on"] and RAG_ORDER[other["rag"]] < RAG_ORDER[own["rag"]]
    ):
        fields |= {name: other[name] for name in _RATING}
    if own["position"] == Position.NOT_ASSESSED:
        fields |= {name: other[name] for name in _POSITION}
    if _day(other["risk_on"]) > _day(own["risk_on"]):
        fields |= {name: other[name] for name in ("risk_rag", "risk_percent", "risk_on")}
    if _day(other["last_visit"]) > _day(own["last_visit"]):
        fields |= {name: other[name] for name in ("last_visit", "last_visit_id")}
    if _day(other["last_quality_visit"]) > _day(own["last_quality_visit"]):
        fields["last_quality_visit"] = other["last_quality_visit"]
    fields["draft_visit_id"] = own["draft_visit_id"] or other["draft_visit_id"]
    for name in ("open_actions", "overdue_actions"):
        fields[name] = own[name] + other[name]
    return fields


def _day(day: date | None) -> date:
    return day or date.min
