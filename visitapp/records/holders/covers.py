"""Covers: who looks after a setting while its officer is away."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import DERIVED, Base, Synced, free_text, parent, user
from visitapp.rules import access
from visitapp.rules.holders.holding import write_cover
from visitapp.rules.kinds import NO_VIEWERS, Joint, Kind, Restore, Scope


class Cover(Synced, Base):
    """A deputy who sees a setting, and works there as its officer does, from one day to another.

    `ends_on` is the last day. The server alone sets `active`, which is what opens the setting to
    the deputy (`sync.server.records.holder_changes`). A cover that is deleted ends at once.

    `for_lead_id`: the deputy is the delegate of this team lead, and has such a cover of each
    setting of the lead's team, so that they review and decide there meanwhile.
    """

    __tablename__ = "cover"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=write_cover,
        judged=frozenset({"starts_on", "ends_on", "note"}),
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.LEADS,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "deputy_id", "for_lead_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    deputy_id: Mapped[str] = user(index=True)
    for_lead_id: Mapped[str | None] = user()
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    note: Mapped[str] = free_text(default="")
    active: Mapped[bool] = mapped_column(default=False, info=DERIVED)
