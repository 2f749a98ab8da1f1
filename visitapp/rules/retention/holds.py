"""Who may set and lift a legal hold, and what it must say."""

from __future__ import annotations

from enum import StrEnum

from visitapp.language import Message, message
from visitapp.rules.access import ADMIN, DECIDERS, AccessRequest, Actor
from visitapp.rules.authority.person_code import person_code_fault


class HoldSubject(StrEnum):
    """What a legal hold is on."""

    SETTING = "setting"
    PROVIDER = "provider"
    CONTRACT = "contract"
    PERSON = "person"


HOLDERS = DECIDERS
"""Those who set and lift holds: team leads and senior managers."""
SEES_HOLDS = DECIDERS | {ADMIN}


def write_hold(actor: Actor, request: AccessRequest) -> Message | None:
    """Those who decide on placements decide on holds too."""
    if actor.role in HOLDERS:
        return None
    return message("Only a team lead or a senior manager sets or lifts a legal hold.")


def hold_fault(subject: str, subject_id: str, person: str, reason: str) -> Message | None:
    """What is wrong with a hold, in a sentence; None when it says all that it must."""
    if not reason.strip():
        return message("Give the reason for setting or lifting this legal hold.")
    if (subject == HoldSubject.PERSON) != bool(person) or bool(person) == bool(subject_id):
        return message("A legal hold is on one setting, provider, contract or person.")
    return person_code_fault(person) if person else None
