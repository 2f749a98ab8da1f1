"""Reviews: the decisions of team leads on signed-off visits."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from visitapp.records.base import Base, Synced, choice, free_text, parent
from visitapp.rules import access
from visitapp.rules.choices import Decision
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


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
