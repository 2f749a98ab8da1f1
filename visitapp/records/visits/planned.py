"""Planned visits."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Synced, choice, identifier, parent, user
from visitapp.rules import access
from visitapp.rules.choices import PlannedStatus, Purpose
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope
from visitapp.rules.visiting.planned_visit_life import PLANNED_VISIT


class PlannedVisit(Synced, Base):
    """A visit that somebody means to make, on a day in a window. `window_to` is the day it is due.

    `officer_id` is None while it is for whoever holds the setting, so that a hand-over brings it
    along. `campaign_id`: the campaign that it belongs to. From `planned_on` on, every field is
    derived from its steps (`rules.visiting.planned_visit_life`); `first_planned_on` shows what
    moving hides.
    """

    __tablename__ = "planned_visit"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset(
            {"setting_id", "purpose", "window_from", "window_to", "first_planned_on"}
            | {"campaign_id"}
        ),
        lifecycle=PLANNED_VISIT,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    purpose: Mapped[str] = choice(Purpose)
    form_id: Mapped[str | None] = identifier(80)
    officer_id: Mapped[str | None] = user()
    window_from: Mapped[date]
    window_to: Mapped[date]
    first_planned_on: Mapped[date]
    campaign_id: Mapped[str | None] = parent("campaign.id", same_setting=False)
    planned_on: Mapped[date] = mapped_column(index=True)
    status: Mapped[str] = choice(PlannedStatus, default=PlannedStatus.PLANNED, index=True)
    moved_count: Mapped[int] = mapped_column(default=0)
