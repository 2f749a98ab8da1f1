"""Which planned visit a visit carries out."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import PlannedVisit
from visitapp.services.lookup import find
from visitapp.standing.planned import is_open_plan, started_as


def plan_to_carry_out(
    session: Session, setting_id: str, purpose: str, plan_id: str | None
) -> str | None:
    """The id of the open plan that a visit which starts now carries out: the one named, else the
    earliest for its purpose of which none is started; None when there is none.

    Raises NotFound or Refused BAD_VALUE for a named one that is not open, or of another setting.
    """
    if plan_id is None:
        planned = select(PlannedVisit.id).where(
            PlannedVisit.setting_id == setting_id,
            PlannedVisit.purpose == purpose,
            is_open_plan(),
            started_as().is_(None),
        )
        earliest = planned.order_by(PlannedVisit.planned_on, PlannedVisit.id).limit(1)
        return session.scalar(earliest)
    plan = find(session, PlannedVisit, plan_id)
    still = select(func.count()).where(PlannedVisit.id == plan.id, is_open_plan())
    if plan.setting_id != setting_id or not session.scalar(still):
        raise Refused(
            Code.BAD_VALUE,
            message("This planned visit was made or cancelled, or is of another setting."),
        )
    return plan.id
