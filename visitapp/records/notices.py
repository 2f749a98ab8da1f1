"""Notices of changed ratings and placement positions, and who receives them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import (
    DERIVED,
    Base,
    Instant,
    Synced,
    choice,
    free_text,
    identifier,
    parent,
)
from visitapp.rules import access
from visitapp.rules.choices import NoticeEvent, NoticeState
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class Notice(Synced, Base):
    """What one audience is told when the rating or the placement position of a setting changed.

    The server makes it, from the templates of the policy, and notes here what became of its
    messages. It names no person and no finding.
    """

    __tablename__ = "notice"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_notice,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.SERVER,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "event", "audience", "district", "text", "policy_version"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    event: Mapped[str] = choice(NoticeEvent)
    audience: Mapped[str] = identifier(40)
    district: Mapped[str] = free_text(120, default="")
    text: Mapped[str] = free_text()
    policy_version: Mapped[str] = identifier(20)
    state: Mapped[str] = choice(NoticeState, default=NoticeState.WAITING)
    recipients: Mapped[int] = mapped_column(default=0, info=DERIVED)
    sent_at: Mapped[datetime | None] = mapped_column(Instant, info=DERIVED)
    error: Mapped[str] = free_text(default="")


class NoticeContact(Synced, Base):
    """A team that receives the notices of an audience: all of them, or those of one district.

    Written once. A later row with the same `contact_id` replaces an earlier one, and one that is
    not `active` ends it, so that two edits never conflict and each of them is kept. `name` is
    of a team or a role, and `email` its shared address: no private person's.
    """

    __tablename__ = "notice_contact"
    __kind__ = Kind(
        scope=Scope.COUNCIL,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_notice_contact,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=NONE,
        lifecycle=None,
    )

    contact_id: Mapped[str] = identifier(index=True)
    active: Mapped[bool] = mapped_column(default=True)
    audience: Mapped[str] = identifier(40)
    district: Mapped[str] = free_text(120, default="")
    name: Mapped[str] = free_text(120)
    email: Mapped[str] = free_text(254, default="")
