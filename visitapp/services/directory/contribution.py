"""What regulators' files contribute to a setting's timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import RegulatorChange, Setting
from visitapp.services.contributions import Contribution
from visitapp.services.directory.today import changes_of_regulators
from visitapp.services.directory.wording import change_words, source_word
from visitapp.services.views.settings import TimelineEntry


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    changes = session.scalars(
        select(RegulatorChange).where(
            RegulatorChange.setting_id == setting.id, RegulatorChange.deleted.is_(False)
        )
    )
    for change in changes:
        day = change.published_on or change.edition_on
        what = change_words(change.kind, change.domain, change.before, change.after)
        yield TimelineEntry(
            at=datetime.combine(day, time(12), UTC) if day else change.created_at,
            what=translate("{source}. {what}.", source=source_word(change.source), what=what),
            detail=translate("Published {day}", day=short_day(day)) if day else "",
        )


CONTRIBUTION = Contribution(timeline=_timeline, today=[changes_of_regulators])
