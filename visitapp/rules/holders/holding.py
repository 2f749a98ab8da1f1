"""Who can hold settings, who can be given them by whom, and when a cover lasts."""

from __future__ import annotations

from datetime import date

from visitapp.language import Message, message
from visitapp.rules.access import LEAD, WRITERS, Actor


def cover_lasts(starts_on: date, ends_on: date, today: date, *, deleted: bool = False) -> bool:
    """Whether a deputy covers today; `ends_on` is the last day."""
    return not deleted and starts_on <= today <= ends_on


def can_hold(role: str, *, active: bool) -> bool:
    """Whether somebody can be given settings, to hold or to cover."""
    return active and role in WRITERS


def team_refusal(actor: Actor, team: str) -> Message | None:
    """Why the actor may not hand anything to an officer of this team; None when they may."""
    if actor.role == LEAD and team != actor.team:
        return message("A setting stays with your own team. An administrator can move it.")
    return None
