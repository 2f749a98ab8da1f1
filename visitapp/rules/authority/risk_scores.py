"""Who writes what live risk said of settings."""

from __future__ import annotations

from visitapp.language import Message, message
from visitapp.rules.access import AccessRequest, Actor


def write_risk_score(actor: Actor, request: AccessRequest) -> Message | None:
    """The server alone, at night."""
    return message("The server records risk each night.")
