"""A decision that was set aside because it met another, taken again when somebody chooses it."""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import translate
from visitapp.records import Escalation, Step
from visitapp.rules.escalation.authority import Deciding, ladder_fault, skipped_by
from visitapp.rules.escalation.decision import as_kept, ladder_decision
from visitapp.rules.escalation.ladder_life import after_decision, latest_after
from visitapp.rules.escalation.states import Turn
from visitapp.services.context import Desk
from visitapp.services.escalation.queries import values_of
from visitapp.services.permission import actor_of
from visitapp.standing.steps import new_step


def take_ladder_step_again(session: Session, desk: Desk, row: Escalation, step: Step) -> None:
    """Take the decision of a step from where the setting stands now. Raises Refused
    (STEP_REFUSED) when it cannot be taken any more."""
    decision, rules = ladder_decision(step.fields["turn"]), desk.policy(session).escalation
    values, user = values_of(session, row.setting_id), desk.user(session)
    if decision.turn == Turn.OPENED and decision.rung is not None:
        over = skipped_by(values, decision.rung, rules)
        why = decision.skip_reason or (step.reason if over else "")
        decision = replace(decision, skipped=over, skip_reason=why)
    day = step.day or desk.today()
    after, _ = after_decision(values, decision, day)
    latest = latest_after(values["decisions"], decision)
    deciding = Deciding(
        decision=decision,
        day=day,
        role=user.role,
        after=after,
        latest=latest,
        today=desk.today(),
    )
    fault = ladder_fault(values, deciding, rules)
    if fault:
        raise Refused(Code.STEP_REFUSED, fault)
    reason = step.reason or translate("Chosen when a conflict was settled.")
    fields = {"turn": as_kept(decision), "latest": latest}
    actor = actor_of(user)
    session.add(new_step(row, after, actor, desk.clock(), day=day, reason=reason, fields=fields))
