"""Significant events at settings."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from visitapp.records.base import Base, Synced, choice, free_text, identifier, parent
from visitapp.rules import access
from visitapp.rules.choices import EventKind, Rag
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class SignificantEvent(Synced, Base):
    """Something between visits that may change the rating at once.

    `rag` is the rating that it changes to, None where it changes none; then `reason` and
    `review_on` say why and until when, and `rag_before` is the rating that stood for whoever
    recorded it. `source`: who reported it. `visit_id`: the themed audit that found it.
    """

    __tablename__ = "significant_event"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"setting_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    visit_id: Mapped[str | None] = parent("visit.id", same_setting=True)
    happened_on: Mapped[date]
    kind: Mapped[str] = choice(EventKind)
    text: Mapped[str] = free_text()
    source: Mapped[str] = free_text(250, default="")
    rag: Mapped[str | None] = choice(Rag)
    rag_before: Mapped[str | None] = choice(Rag)
    reason: Mapped[str] = free_text(default="")
    review_on: Mapped[date | None]
    policy_version: Mapped[str] = identifier(20)
