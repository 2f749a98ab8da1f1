"""What happened to a setting, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import Setting
from visitapp.services.contributions import Contribution
from visitapp.services.views.settings import TimelineEntry

LONGEST = 50


def timeline(
    session: Session, setting_ids: Sequence[str], contributions: Sequence[Contribution]
) -> list[TimelineEntry]:
    """The latest 50 entries of every subject, of a setting and those merged into it."""
    settings = session.scalars(select(Setting).where(Setting.id.in_(setting_ids))).all()
    entries = [
        entry
        for setting in settings
        for one in contributions
        for entry in one.timeline(session, setting)
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:LONGEST]
