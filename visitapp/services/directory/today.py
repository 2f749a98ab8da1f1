"""What regulators changed, on a person's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import RegulatorChange, Setting
from visitapp.services.context import Desk
from visitapp.services.directory.wording import change_words, source_word
from visitapp.services.today.items import Mine, Part, TodayItem

LISTED_FOR = timedelta(days=14)
"""How long a change is listed unless it is read before: two weeks of the weekly file."""


def changes_of_regulators(session: Session, desk: Desk, mine: Mine) -> Iterator[TodayItem]:
    """What a file said anew of the person's settings in the last two weeks, the newest first."""
    found = session.execute(
        select(RegulatorChange, Setting.name)
        .join(Setting, Setting.id == RegulatorChange.setting_id)
        .where(
            RegulatorChange.setting_id.in_(mine.settings),
            RegulatorChange.deleted.is_(False),
            RegulatorChange.created_at >= mine.now - LISTED_FOR,
        )
        .order_by(RegulatorChange.created_at.desc(), RegulatorChange.id)
    )
    for change, setting in found:
        day = change.published_on or change.edition_on
        published = translate("published {day}", day=short_day(day)) if day else ""
        source = source_word(change.source)
        yield TodayItem(
            part=Part.REGULATORS,
            id=change.id,
            title=setting,
            detail=" \u00b7 ".join(
                text
                for text in (
                    change_words(change.kind, change.domain, change.before, change.after),
                    source,
                    published,
                )
                if text
            ),
            step=translate("Read the change"),
            page="setting",
            target=change.setting_id,
        )
