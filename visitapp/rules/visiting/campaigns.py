"""Who starts and ends a campaign of themed audits, and what its records must say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from visitapp.language import Message, message
from visitapp.rules.access import REVIEWERS, AccessRequest, Actor
from visitapp.rules.visiting.planned_visit_life import day_fault


class CampaignTurn(StrEnum):
    """What a record says of a campaign."""

    STARTED = "started"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


def write_campaign(actor: Actor, request: AccessRequest) -> Message | None:
    """Those who review."""
    if actor.role in REVIEWERS:
        return None
    return message("Only a team lead or an administrator starts and ends campaigns.")


def campaign_fault(values: Mapping[str, Any]) -> Message | None:
    """What is wrong with a record of a campaign, in a sentence; None when it says all that it
    must. `values`: `turn`, `title`, `starts_on`, `ends_on` and `words`."""
    if not values["title"].strip():
        return message("Give the campaign a title.")
    starts_on, ends_on = values["starts_on"], values["ends_on"]
    fault = day_fault(starts_on) or day_fault(ends_on) or _order_fault(starts_on, ends_on)
    if fault:
        return fault
    said = values["words"].strip()
    if values["turn"] == CampaignTurn.CLOSED and not said:
        return message("Say in a sentence what came of the campaign.")
    if values["turn"] == CampaignTurn.WITHDRAWN and not said:
        return message("Give the reason for withdrawing the campaign.")
    return None


def _order_fault(starts_on: date, ends_on: date) -> Message | None:
    if ends_on < starts_on:
        return message("The campaign would end before it starts.")
    return None
