"""Evidence: what supports an answer, an action or a concern."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from visitapp.records.base import (
    Base,
    Synced,
    choice,
    free_text,
    identifier,
    parent,
)
from visitapp.rules import access
from visitapp.rules.choices import EvidenceKind
from visitapp.rules.kinds import NONE, ON_VISITS, Joint, Kind, Restore, Scope


class Evidence(Synced, Base):
    """What supports an answer, an action or a concern: a document seen, a conversation, a photo.
    That of a restricted concern is restricted with it.

    One with bytes names their SHA-256, their media type and their size; they travel on their own.
    """

    __tablename__ = "evidence"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=ON_VISITS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.ON_THE_VISIT,
        late=True,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "visit_id", "concern_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    visit_id: Mapped[str | None] = parent("visit.id", same_setting=True, freezes=True)
    action_id: Mapped[str | None] = parent("action.id", same_setting=True)
    concern_id: Mapped[str | None] = parent("concern.id", same_setting=True)
    question: Mapped[str] = identifier(80, default="")
    kind: Mapped[str] = choice(EvidenceKind)
    title: Mapped[str] = free_text(250)
    sha256: Mapped[str | None] = identifier(64, index=True)
    media_type: Mapped[str | None] = identifier(80)
    size: Mapped[int | None]
