"""What interventions contribute to a setting's timeline, the portfolio and a person's day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from visitapp.language import translate
from visitapp.records import Intervention, InterventionStatus, Setting, Step
from visitapp.rules.interventions.states import OPEN_INTERVENTIONS
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.interventions.finds import INTERVENTIONS
from visitapp.services.interventions.today import (
    interventions_to_decide,
    interventions_to_work_on,
)
from visitapp.services.views.settings import TimelineEntry
from visitapp.standing.by_setting import Found


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    """The referral, and each step."""
    records = session.scalars(
        select(Intervention).where(
            Intervention.setting_id == setting.id, Intervention.deleted.is_(False)
        )
    )
    for record in records:
        yield TimelineEntry(
            at=record.created_at, what=translate("Referred for intervention."), detail=record.why
        )
    steps = session.scalars(
        select(Step).where(
            Step.kind == Intervention.__tablename__,
            Step.setting_id == setting.id,
            Step.accepted.is_(True),
            Step.deleted.is_(False),
        )
    )
    for step in steps:
        detail = step.reason or str(step.fields.get("summary", ""))
        yield TimelineEntry(at=step.created_at, what=_said(step), detail=detail)


def _said(step: Step) -> str:
    if step.before == step.after:
        return translate("Intervention changed.")
    if step.after == InterventionStatus.ACTIVE and step.before != InterventionStatus.REFERRED:
        return translate("Intervention: an exit criterion no longer holds.")
    return {
        InterventionStatus.ACTIVE: translate("Intervention accepted."),
        InterventionStatus.REFUSED: translate("Intervention refused."),
        InterventionStatus.WITHDRAWN: translate("Referral for intervention withdrawn."),
        InterventionStatus.SUSTAINING: translate("Intervention: every exit criterion holds."),
        InterventionStatus.STEPPED_DOWN: translate("Intervention stepped down."),
        InterventionStatus.CLOSED: translate("Intervention closed."),
    }[InterventionStatus(step.after)]


def _open(question: PortfolioQuestion) -> list[Subquery]:
    """Since when an intervention is open at each setting."""
    first = func.min(Intervention.starts_on).label("in_intervention_since")
    return [
        select(Intervention.setting_id, first)
        .where(Intervention.deleted.is_(False), Intervention.status.in_(OPEN_INTERVENTIONS))
        .group_by(Intervention.setting_id)
        .subquery()
    ]


def _fields(found: Found) -> dict[str, Any]:
    since = found["in_intervention_since"]
    return {"in_intervention_since": since} if since else {}


CONTRIBUTION = Contribution(
    timeline=_timeline,
    portfolio=PortfolioPart(
        queries=_open,
        fields=_fields,
        filters={"in_intervention": lambda row, today: "in_intervention_since" in row.more},
    ),
    today=[interventions_to_decide, interventions_to_work_on],
    finds=[INTERVENTIONS],
)
