"""How an intervention is found by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Intervention, InterventionStatus, Setting
from visitapp.services.finding.sources import FindSource, Found
from visitapp.vocabulary import choice_word

_INTERVENTIONS = (
    select(Intervention.id, Setting.name, Intervention.why)
    .join(Setting, Setting.id == Intervention.setting_id)
    .where(Intervention.deleted.is_(False))
    .order_by(Intervention.ended_on.is_not(None), Intervention.referred_on.desc())
)


def _words(session: Session) -> Iterator[tuple[str, str]]:
    called = translate("Intervention")
    for id_, setting, why in session.execute(_INTERVENTIONS):
        yield id_, f"{setting} {called} {why}"


def _shown(session: Session, ids: Sequence[str]) -> Iterator[Found]:
    query = _INTERVENTIONS.add_columns(
        Intervention.setting_id, Intervention.status, Intervention.referred_on
    )
    for id_, setting, _why, setting_id, status, day in session.execute(
        query.where(Intervention.id.in_(ids))
    ):
        referred = translate("referred {day}", day=short_day(day))
        details = (choice_word(InterventionStatus, status), referred)
        yield Found("intervention", id_, setting, details, target=setting_id)


INTERVENTIONS = FindSource(Intervention, _words, _shown)
