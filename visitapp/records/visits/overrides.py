"""Overrides: another rating than the outcome of a visit."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Instant, Synced, choice, free_text, parent, user
from visitapp.rules import access
from visitapp.rules.authority.override_life import OVERRIDE
from visitapp.rules.authority.states import OverrideStatus
from visitapp.rules.authority.writing import write_override
from visitapp.rules.choices import Rag
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class OutcomeOverride(Synced, Base):
    """That an officer holds `rag` right where the outcome of a visit is `outcome_rag`, with the
    reason. `signed_off_at` names the sign-off that it is about. From `status` on, every field is
    derived from its steps (`rules.authority.override_life`)."""

    __tablename__ = "outcome_override"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=write_override,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset(
            {"setting_id", "visit_id", "signed_off_at", "outcome_rag", "rag", "reason"}
        ),
        lifecycle=OVERRIDE,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    visit_id: Mapped[str] = parent("visit.id", same_setting=True)
    signed_off_at: Mapped[datetime] = mapped_column(Instant)
    outcome_rag: Mapped[str] = choice(Rag)
    rag: Mapped[str] = choice(Rag)
    reason: Mapped[str] = free_text()
    status: Mapped[str] = choice(OverrideStatus, default=OverrideStatus.ASKED, index=True)
    decided_by: Mapped[str | None] = user()
    decided_on: Mapped[date | None]
