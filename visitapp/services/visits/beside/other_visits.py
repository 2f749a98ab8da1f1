"""Visits of two officers at one setting at the same time, which neither may know of."""

from __future__ import annotations

from sqlalchemy import and_
from sqlalchemy.orm import Session

from visitapp.dates import long_day
from visitapp.language import translate
from visitapp.records import Visit, VisitStatus
from visitapp.services.context import Desk
from visitapp.services.views.visits import OtherVisit
from visitapp.services.visits.summaries import visit_summaries
from visitapp.standing.visits import is_visit

_UNSIGNED = (VisitStatus.DRAFT, VisitStatus.RETURNED)


def visit_of_another(
    session: Session, desk: Desk, setting_id: str, besides: str = ""
) -> OtherVisit | None:
    """The newest visit at the setting that another officer has not signed off, but for `besides`;
    None when there is none. Visits that one has joined are no others."""
    mine = desk.user(session).id
    there = and_(
        is_visit(Visit),
        Visit.setting_id == setting_id,
        Visit.status.in_(_UNSIGNED),
        Visit.officer_id != mine,
        Visit.id != besides,
        Visit.deleted.is_(False),
    )
    for one in visit_summaries(session, desk.form_of, there):
        told = translate(
            "{officer} has a visit here that is not signed off, of {day}. Agree who makes it: one "
            "of you can join the other.",
            officer=one.officer or translate("Another officer"),
            day=long_day(one.visited_on),
        )
        return OtherVisit(id=one.id, text=told)
    return None
