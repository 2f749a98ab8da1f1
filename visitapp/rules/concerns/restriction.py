"""Restricted concerns: only those who made or handle one see it, and the roles that the policy
named when it became restricted, until a team lead lifts the restriction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visitapp.language import Message, message
from visitapp.rules.access import Actor
from visitapp.rules.choices import Role
from visitapp.rules.policy.casework import ConcernRules

USUAL_AUDIENCE = Role.LEAD.value
"""Where the policy does not name a kind of concern."""


def audience(rules: ConcernRules, kind: str) -> str:
    """The roles that see a restricted concern of a kind, as `restricted_to` holds them."""
    named = (one.roles for one in rules.restricted if one.kind == kind)
    return ",".join(next(named, (USUAL_AUDIENCE,)))


def always_restricted(rules: ConcernRules, kind: str) -> bool:
    """Whether every concern of a kind is restricted from the start."""
    return any(one.always for one in rules.restricted if one.kind == kind)


def lift_fault(
    rules: ConcernRules, kind: str, restricted_to: str | None, reason: str
) -> Message | None:
    """Why the restriction of a concern cannot be lifted, in a sentence; None when it can."""
    if restricted_to is None:
        return message("This concern is not restricted.")
    if always_restricted(rules, kind):
        return message("Concerns of this kind are always restricted.")
    if not reason.strip():
        return message("Give the reason for lifting the restriction.")
    return None


def is_audience(value: Any) -> bool:
    """Whether a value is a list of roles as `restricted_to` holds them."""
    return isinstance(value, str) and set(value.split(",")) <= set(Role)


def sees_concern(actor: Actor, concern: Mapping[str, Any]) -> bool:
    """Whether the actor, who sees the setting, sees a concern with these values."""
    if concern["restricted_to"] is None:
        return True
    if actor.id in (concern["created_by"], concern["handler_id"]):
        return True
    return actor.role in concern["restricted_to"].split(",")
