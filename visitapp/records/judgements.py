"""What was judged: a team lead's reviews, and the ratings that stood for a setting."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Instant, Synced, choice, free_text, parent
from visitapp.rules import access
from visitapp.rules.choices import Decision, Rag
from visitapp.rules.kinds import EVERYBODY, NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class Review(Synced, Base):
    """One decision on a signed-off visit. Append-only; `created_by` is the reviewer."""

    __tablename__ = "review"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        write=access.write_review,
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
    visit_id: Mapped[str] = parent("visit.id", same_setting=True)
    decision: Mapped[str] = choice(Decision)
    comment: Mapped[str] = free_text(default="")


class Rating(Synced, Base):
    """The RAG that stood for a setting from `since` on. Append-only: the latest one stands."""

    __tablename__ = "rating"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=EVERYBODY,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"setting_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    visit_id: Mapped[str | None] = parent("visit.id", same_setting=True)
    rag: Mapped[str] = choice(Rag)
    percent: Mapped[int | None]
    provisional: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = free_text(default="")
    since: Mapped[datetime] = mapped_column(Instant)
