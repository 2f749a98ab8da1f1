"""What the server checks of a referral to the market support partner."""

from __future__ import annotations

from sync.server.records.workspace import Row
from visitapp.errors import Code, Refused
from visitapp.rules.lifecycle import Taken
from visitapp.rules.policy.model import Policy
from visitapp.rules.support.support_life import step_day_fault


def require_support_step(referral: Row, step: Taken, policy: Policy) -> None:
    """Raise Refused for a step on a day that cannot be."""
    if step.day is None:
        return
    months = policy.concerns.support_months
    fault = step_day_fault(referral.values, step.after, step.day, months)
    if fault:
        raise Refused(Code.STEP_REFUSED, fault)
