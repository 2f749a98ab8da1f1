"""What happened to a setting, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from visitapp.records import Setting
from visitapp.services.contributions import Contribution
from visitapp.services.views.settings import TimelineEntry

LONGEST = 50


def timeline(
    session: Session, setting: Setting, contributions: Sequence[Contribution]
) -> list[TimelineEntry]:
    """The latest 50 entries of every subject."""
    entries = [entry for one in contributions for entry in one.timeline(session, setting)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:LONGEST]
