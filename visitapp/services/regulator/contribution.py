"""What regulators' actions contribute: timeline entries, and the indicator of enforcement."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import RegulatorAction, Setting
from visitapp.rules.choices import Enforcement
from visitapp.services.contributions import Contribution
from visitapp.services.views.settings import TimelineEntry
from visitapp.vocabulary import choice_word


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    actions = session.scalars(
        select(RegulatorAction)
        .where(RegulatorAction.setting_id == setting.id, RegulatorAction.deleted.is_(False))
        .order_by(RegulatorAction.created_at, RegulatorAction.id)
    )
    for action in actions:
        what = translate(
            "Regulator: {kind}, from {day}.",
            kind=choice_word(Enforcement, action.kind).lower(),
            day=short_day(action.from_on),
        )
        yield TimelineEntry(at=action.created_at, what=what, detail=action.conditions)


CONTRIBUTION = Contribution(timeline=_timeline)
