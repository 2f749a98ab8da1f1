"""Who can hold settings, who decides it, and when a cover lasts."""

from __future__ import annotations

from datetime import date, timedelta

from visitapp.language import Message, message
from visitapp.rules.access import LEAD, REVIEWERS, WRITERS, AccessRequest, Actor

LONGEST_COVER = timedelta(days=366)
"""Longer than that nobody is away: the settings are handed over. Ours."""


def cover_fault(starts_on: date, ends_on: date, today: date) -> Message | None:
    """Why nobody can cover on these days, or decide for a lead; None when somebody can."""
    if starts_on <= ends_on < today:
        return message("The last day has passed.")
    return cover_length_fault(starts_on, ends_on, today)


def cover_length_fault(starts_on: date, ends_on: date, today: date) -> Message | None:
    """Why a cover cannot have these days whenever it was arranged: one that arrives late may be
    over."""
    if ends_on < starts_on:
        return message("The last day is before the first day.")
    if ends_on - max(starts_on, today) >= LONGEST_COVER:
        return message("Nobody stands in for longer than a year. Hand the settings over instead.")
    return None


def cover_lasts(starts_on: date, ends_on: date, today: date, *, deleted: bool = False) -> bool:
    """Whether a deputy covers today; `ends_on` is the last day."""
    return not deleted and starts_on <= today <= ends_on


def can_hold(role: str, *, active: bool) -> bool:
    """Whether somebody can be given settings, to hold or to cover."""
    return active and role in WRITERS


def delegate_fault(
    lead_role: str, lead_team: str, delegate_role: str, delegate_team: str, reason: str
) -> Message | None:
    """Why one person cannot be the delegate of another; None when they can."""
    if lead_role != LEAD:
        return message("Only a team lead has a delegate.")
    if delegate_role not in REVIEWERS:
        return message("A delegate reviews and decides, so it must be another team lead.")
    if delegate_role == LEAD and delegate_team == lead_team:
        return message("A lead of the same team already reviews its visits.")
    if not reason.strip():
        return message("Give the reason for the absence.")
    return None


def team_refusal(actor: Actor, team: str) -> Message | None:
    """Why the actor may not hand anything to an officer of this team; None when they may."""
    if actor.role == LEAD and team != actor.team:
        return message("A setting stays with your own team. An administrator can move it.")
    return None


def write_cover(actor: Actor, request: AccessRequest) -> Message | None:
    """Those who review."""
    return None if actor.role in REVIEWERS else message("Only a team lead can arrange cover.")


def write_hand_over(actor: Actor, request: AccessRequest) -> Message | None:
    """Those who review."""
    if actor.role in REVIEWERS:
        return None
    return message("Only a team lead can hand a setting or a contract to someone else.")
