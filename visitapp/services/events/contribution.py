"""What significant events contribute: entries in a setting's timeline, and overdue reviews."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.language import translate
from visitapp.records import Setting, SignificantEvent
from visitapp.rules.choices import EventKind
from visitapp.services.contributions import Contribution
from visitapp.services.events.reviews import EVENT_REVIEWS
from visitapp.services.views.settings import TimelineEntry
from visitapp.vocabulary import choice_word


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    events = session.scalars(
        select(SignificantEvent)
        .where(SignificantEvent.setting_id == setting.id, SignificantEvent.deleted.is_(False))
        .order_by(SignificantEvent.created_at, SignificantEvent.id)
    )
    for event in events:
        what = translate("Significant event: {kind}.", kind=choice_word(EventKind, event.kind))
        yield TimelineEntry(at=event.created_at, what=what, detail=event.text)


CONTRIBUTION = Contribution(timeline=_timeline, decisions=[EVENT_REVIEWS])
