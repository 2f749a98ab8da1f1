"""How an improvement plan is found by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import ImprovementPlan, PlanStatus, Setting
from visitapp.services.finding.sources import FindSource, Found
from visitapp.vocabulary import choice_word

_PLANS = (
    select(ImprovementPlan.id, ImprovementPlan.goal, Setting.name)
    .join(Setting, Setting.id == ImprovementPlan.setting_id)
    .where(ImprovementPlan.deleted.is_(False))
    .order_by(ImprovementPlan.ended_on.is_not(None), ImprovementPlan.ends_on)
)


def _words(session: Session) -> Iterator[tuple[str, str]]:
    for id_, goal, setting in session.execute(_PLANS):
        yield id_, f"{goal} {setting}"


def _shown(session: Session, ids: Sequence[str]) -> Iterator[Found]:
    query = _PLANS.add_columns(
        ImprovementPlan.setting_id, ImprovementPlan.status, ImprovementPlan.ends_on
    )
    for id_, goal, setting, setting_id, status, ends_on in session.execute(
        query.where(ImprovementPlan.id.in_(ids))
    ):
        until = translate("until {day}", day=short_day(ends_on))
        details = (setting, choice_word(PlanStatus, status), until)
        yield Found("improvement_plan", id_, goal, details, target=setting_id)


PLANS = FindSource(ImprovementPlan, _words, _shown)
