"""How a planned visit is found by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Campaign, PlannedVisit, Setting
from visitapp.rules.choices import PlannedStatus
from visitapp.services.finding.sources import FindSource, Found
from visitapp.standing.planned import is_open_plan
from visitapp.vocabulary import choice_word, visit_word

_PLANS = (
    select(PlannedVisit.id, PlannedVisit.purpose, Setting.name, Campaign.title)
    .join(Setting, Setting.id == PlannedVisit.setting_id)
    .outerjoin(Campaign, Campaign.id == PlannedVisit.campaign_id)
    .where(is_open_plan())
    .order_by(PlannedVisit.planned_on)
)


def _words(session: Session) -> Iterator[tuple[str, str]]:
    """Those still to be made: one that was made is found as a visit."""
    for id_, purpose, setting, campaign in session.execute(_PLANS):
        yield id_, f"{setting} {visit_word(purpose)} {campaign or ''}"


def _shown(session: Session, ids: Sequence[str]) -> Iterator[Found]:
    query = _PLANS.add_columns(PlannedVisit.planned_on, PlannedVisit.status)
    for id_, purpose, setting, campaign, day, status in session.execute(
        query.where(PlannedVisit.id.in_(ids))
    ):
        on = translate("planned for {day}", day=short_day(day))
        confirmed = choice_word(PlannedStatus, status) if status == PlannedStatus.CONFIRMED else ""
        details = (visit_word(purpose), on, confirmed, campaign or "")
        yield Found("planned_visit", id_, setting, details)


PLANNED_VISITS = FindSource(PlannedVisit, _words, _shown)
