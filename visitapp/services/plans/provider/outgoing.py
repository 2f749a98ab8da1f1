"""The plan as it leaves for the provider."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.records import (
    FROZEN,
    Action,
    ActionStatus,
    ImprovementPlan,
    OwnerSide,
    PlanStatus,
    Visit,
)
from visitapp.rules.plans.agreed import AgreedAction, AgreedPlan, agreed_plan
from visitapp.services.context import Desk
from visitapp.services.plans.provider.columns import NOT_CONNECTED, head_check, row_check
from visitapp.services.plans.provider.views import OutgoingPlan, OutgoingRow
from visitapp.services.plans.queries import plan_view
from visitapp.services.views.actions import ActionView
from visitapp.vocabulary import choice_word


def agreed_version(plan: ImprovementPlan) -> AgreedPlan:
    """The version that the provider works on. Raises Refused BAD_VALUE for a plan that was never
    agreed or has ended."""
    if plan.status != PlanStatus.AGREED:
        raise Refused(
            Code.BAD_VALUE,
            message("This plan is not agreed, so the provider has no file of it.")
            if plan.status == PlanStatus.DRAFT
            else message("This plan has ended, so the provider's file of it is not used any more."),
            message("Agree the plan first.") if plan.status == PlanStatus.DRAFT else None,
        )
    return agreed_plan(plan.agreed)


def council_of(session: Session, desk: Desk) -> str:
    """Whose file it is: the id of the council's server."""
    return str(desk.states.get(session, "server_id") or NOT_CONNECTED)


def check_of(council: str, plan: ImprovementPlan, version: AgreedPlan) -> str:
    """The check of a file of the plan's newest version."""
    ids = [action.id for action in version.actions]
    return head_check(council, plan.id, plan.version, ids)


def outgoing(session: Session, desk: Desk, plan: ImprovementPlan) -> OutgoingPlan:
    """The newest version of a plan, with where its actions stand. Raises Refused BAD_VALUE."""
    version, council = agreed_version(plan), council_of(session, desk)
    view = plan_view(session, desk, plan)
    check = check_of(council, plan, version)
    now = {action.id: action for action in view.actions}
    rows = [
        _row(check, agreed, now[agreed.id])
        for agreed in sorted(version.actions, key=lambda action: action.number)
        if agreed.id in now and now[agreed.id].status != ActionStatus.WITHDRAWN
    ]
    return OutgoingPlan(
        council=council,
        plan=view,
        version=plan.version,
        check=check,
        rows=rows,
        visit_id=reported_visit(session, plan.id),
        changed=view.changed,
    )


def _row(head: str, agreed: AgreedAction, now: ActionView) -> OutgoingRow:
    side = choice_word(OwnerSide, agreed.owner_side)
    who = f"{side}: {agreed.owner}" if agreed.owner else side
    state = choice_word(ActionStatus, now.status)
    so_far = "" if now.progress is None else str(now.progress)
    if now.target:
        so_far = translate("{n} of {all}", n=now.progress or 0, all=now.target)
    ours: dict[str, object] = {
        "number": agreed.number,
        "title": agreed.title,
        "measure": agreed.success_measure,
        "who": who,
        "due": now.due_on,
        "state": state,
        "so_far": so_far,
    }
    return OutgoingRow(
        action_id=agreed.id,
        number=agreed.number,
        title=agreed.title,
        measure=agreed.success_measure,
        who=who,
        due=now.due_on,
        state=state,
        so_far=so_far,
        target=now.target,
        marked=now.status != ActionStatus.VERIFIED,
        check=row_check(head, agreed.id, ours),
    )


def reported_visit(session: Session, plan_id: str) -> str | None:
    """The visit whose report leaves with a plan: the newest signed-off one that its actions came
    from."""
    ids = select(Action.visit_id).where(Action.plan_id == plan_id, Action.deleted.is_(False))
    return session.scalar(
        select(Visit.id)
        .where(Visit.id.in_(ids), Visit.deleted.is_(False), Visit.status.in_(FROZEN))
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
        .limit(1)
    )
