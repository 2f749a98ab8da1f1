"""What somebody says when they open a step of the ladder, and the decision that it makes."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy.orm import Session

from visitapp.rules.escalation.authority import skipped_by, usual_dates
from visitapp.rules.escalation.decision import LadderDecision
from visitapp.rules.escalation.states import Rung, Turn
from visitapp.rules.policy.escalation import EscalationRules
from visitapp.services.escalation.queries import values_of
from visitapp.standing.contracts import contracts_of_setting


class Opening(Struct, frozen=True, kw_only=True):
    """What somebody says when they open a step. Dates that are left out are the latest that the
    policy allows; a clause that is left out is the policy's."""

    reason: str
    on: date | None = None
    contract_id: str | None = None
    clause: str = ""
    remedy: str = ""
    support: str = ""
    authority: str = ""
    due_on: date | None = None
    review_on: date | None = None
    skip_reason: str = ""


def opening_decision(
    session: Session,
    setting_id: str,
    rung: Rung,
    opening: Opening,
    rules: EscalationRules,
    day: date,
) -> LadderDecision:
    """The decision that opens a step in a setting. One that names no contract rests on the
    setting's only one."""
    rule = rules.step(rung)
    due, review = usual_dates(rule, day) if rule else (None, None)
    own = [contract.id for contract in contracts_of_setting(session, setting_id)]
    return LadderDecision(
        turn=Turn.OPENED,
        rung=rung,
        contract_id=opening.contract_id or (own[0] if len(own) == 1 else None),
        clause=opening.clause.strip() or (rule.clause if rule else ""),
        remedy=opening.remedy.strip(),
        support=opening.support.strip(),
        authority=opening.authority.strip(),
        due_on=opening.due_on or due,
        review_on=opening.review_on or review,
        skipped=skipped_by(values_of(session, setting_id), rung, rules),
        skip_reason=opening.skip_reason.strip(),
    )
