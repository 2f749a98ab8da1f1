"""What differs between a plan as it was agreed and as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import ActionStatus, ImprovementPlan
from visitapp.rules.plans.agreed import AgreedAction, AgreedPlan
from visitapp.rules.plans.states import OwnerSide
from visitapp.services.views.actions import ActionView
from visitapp.vocabulary import field_word


def changed_since(
    agreed: AgreedPlan, plan: ImprovementPlan, actions: Sequence[ActionView]
) -> list[str]:
    """What the next version would change, in sentences."""
    found = [
        translate("The {field} was changed.", field=field_word(name))
        for name in ("goal", "starts_on", "ends_on", "provider_people")
        if getattr(agreed, name) != getattr(plan, name)
    ]
    before = {action.id: action for action in agreed.actions}
    for action in actions:
        was = before.get(action.id)
        if was is None:
            if action.status != ActionStatus.WITHDRAWN:
                found.append(translate("Action {n} is new.", n=action.number))
            continue
        if action.status == ActionStatus.WITHDRAWN:
            found.append(translate("Action {n} was withdrawn.", n=action.number))
        elif was.due_on != action.due_on:
            found.append(
                translate(
                    "Action {n} is due {day}, not {before}.",
                    n=action.number,
                    day=short_day(action.due_on),
                    before=short_day(was.due_on),
                )
            )
        found += [
            translate("Action {n}: the {field} was changed.", n=action.number, field=field_word(f))
            for f in ("title", "success_measure", "owner_side", "owner", "target")
            if getattr(was, f) != getattr(action, f)
        ]
    return found


def as_agreed(plan: ImprovementPlan, actions: Sequence[ActionView]) -> AgreedPlan:
    """The plan as it stands, to be agreed. Withdrawn actions are no part of it."""
    return AgreedPlan(
        goal=plan.goal,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        provider_people=plan.provider_people,
        actions=[
            AgreedAction(
                id=action.id,
                number=action.number,
                title=action.title,
                success_measure=action.success_measure,
                owner_side=OwnerSide(action.owner_side),
                owner=action.owner,
                due_on=action.due_on,
                target=action.target,
            )
            for action in actions
            if action.status != ActionStatus.WITHDRAWN
        ],
    )
