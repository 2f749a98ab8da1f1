"""Referrals that wait for a team lead, and interventions that wait for their officer."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Intervention
from visitapp.rules.access import REVIEWERS
from visitapp.rules.interventions.states import OPEN_INTERVENTIONS, InterventionStatus
from visitapp.services.context import Desk
from visitapp.services.interventions.next_step import next_step, waits_for_officer
from visitapp.services.interventions.queries import intervention_lines, intervention_view
from visitapp.services.today.items import Mine, Part, TodayItem


def interventions_to_decide(session: Session, desk: Desk, mine: Mine) -> Iterator[TodayItem]:
    """The referrals that a team lead accepts or refuses, the oldest first."""
    if mine.user.role not in REVIEWERS:
        return
    referred = Intervention.status == InterventionStatus.REFERRED
    for line in reversed(intervention_lines(session, mine.today, referred)):
        yield TodayItem(
            part=Part.INTERVENTIONS,
            id=line.id,
            title=line.setting,
            setting_id=line.setting_id,
            detail=translate("Referred on {day}", day=short_day(line.referred_on)),
            step=translate("Accept or refuse"),
            page="intervention",
            target=line.setting_id,
        )


def interventions_to_work_on(session: Session, desk: Desk, mine: Mine) -> Iterator[TodayItem]:
    """The person's own open interventions in which something is to be done before the next planned
    visit, or no visit is planned."""
    own = session.scalars(
        select(Intervention)
        .where(
            Intervention.officer_id == mine.user.id,
            Intervention.status.in_(OPEN_INTERVENTIONS),
            Intervention.deleted.is_(False),
        )
        .order_by(Intervention.id)
    ).all()
    for record in own:
        one = intervention_view(session, desk, record)
        if waits_for_officer(one, mine.today):
            yield TodayItem(
                part=Part.INTERVENTIONS,
                id=one.id,
                title=one.setting,
                setting_id=one.setting_id,
                detail=next_step(one, mine.today),
                step=translate("Open the intervention"),
                page="intervention",
                target=one.setting_id,
            )
