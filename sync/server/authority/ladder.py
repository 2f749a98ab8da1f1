"""What the server checks of a decision on the escalation ladder: by the policy in force, from the
records that it has."""

from __future__ import annotations

from datetime import date

from sync.server.records.workspace import Row, Workspace
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Contract, PlacementPosition
from visitapp.rules.choices import Position
from visitapp.rules.escalation.authority import Deciding, ladder_fault
from visitapp.rules.escalation.decision import LadderDecision, ladder_decision
from visitapp.rules.escalation.states import Rung, Turn
from visitapp.rules.lifecycle import Taken
from visitapp.rules.policy.escalation import EscalationRules


def require_ladder_step(
    workspace: Workspace,
    target: Row,
    step: Taken,
    role: str,
    rules: EscalationRules,
    latest_day: date,
) -> None:
    """Raise Refused unless this role may decide so. `latest_day`: today, by a clock that is as far
    ahead as the policy allows for."""
    decision = ladder_decision(step.fields["turn"])
    deciding = Deciding(
        decision=decision,
        day=step.day or latest_day,
        role=role,
        after=step.after,
        latest=str(step.fields.get("latest", "")),
        today=latest_day,
    )
    fault = ladder_fault(target.values, deciding, rules)
    if fault:
        raise Refused(Code.STEP_REFUSED, fault)
    _require_position(workspace, target, decision)
    if decision.contract_id is not None:
        contract = workspace.get(Contract.__tablename__, decision.contract_id)
        if contract is None:
            raise Refused(
                Code.STEP_REFUSED, message("The contract of this decision is not on the server.")
            )


def _require_position(workspace: Workspace, target: Row, decision: LadderDecision) -> None:
    """The decision on placements that a suspension names is there, and closes the setting while it
    lasts."""
    if decision.rung != Rung.SUSPENSION:
        return
    position = workspace.get(PlacementPosition.__tablename__, decision.position_id)
    if position is None or position.setting_id != target.setting_id:
        raise Refused(
            Code.STEP_REFUSED,
            message("The decision on placements of this suspension is not on the server."),
        )
    closed = position.values["position"] == Position.CLOSED
    if decision.turn != Turn.ENDED and not closed:
        raise Refused(
            Code.STEP_REFUSED, message("A setting that is suspended is closed to new placements.")
        )
