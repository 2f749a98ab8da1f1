"""What notices contribute to a setting's timeline."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.language import plural
from visitapp.records import Notice, Setting
from visitapp.services.contributions import Contribution
from visitapp.services.views.settings import TimelineEntry


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    """One entry for the notices of one change."""
    found = session.scalars(
        select(Notice)
        .where(Notice.setting_id == setting.id, Notice.deleted.is_(False))
        .order_by(Notice.created_at, Notice.audience)
    ).all()
    for at, notices in groupby(found, key=lambda notice: notice.created_at):
        made = list(notices)
        yield TimelineEntry(
            at=at,
            what=plural("{n} notice made.", "{n} notices made.", len(made)),
            detail=made[0].text,
        )


CONTRIBUTION = Contribution(timeline=_timeline, briefed=False)
