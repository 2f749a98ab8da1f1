"""Contracts: what the council buys for settings."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from visitapp.records.base import Base, Synced, free_text, parent, user
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class Contract(Synced, Base):
    """What the council buys from a provider for one or more settings; has one named officer."""

    __tablename__ = "contract"
    __kind__ = Kind(
        scope=Scope.CONTRACT,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_contract,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.LEADS,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=NONE,
        lifecycle=None,
    )

    provider_id: Mapped[str] = parent("provider.id", same_setting=False)
    number: Mapped[str] = free_text(40)
    title: Mapped[str] = free_text(250, default="")
    officer_id: Mapped[str | None] = user()
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
