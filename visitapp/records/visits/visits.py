"""Visits, and who joined them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import (
    Base,
    Instant,
    Json,
    Synced,
    choice,
    free_text,
    identifier,
    parent,
    user,
)
from visitapp.records.ids import joining_id
from visitapp.rules import access
from visitapp.rules.choices import Purpose, VisitStatus
from visitapp.rules.kinds import NO_VIEWERS, NONE, DerivedId, Joint, Kind, Restore, Scope
from visitapp.rules.visit_life import VISIT


class Visit(Synced, Base):
    """One structured look at a setting, on one pinned form version.

    From `status` on, every field is derived from its steps (`rules.visit_life`). `facts` are the
    setting's facts that the form's conditions read, pinned at sign-off together with `outcome` (the
    JSON of `forms.rating.outcome`), so that the rating can be worked out again years later.
    `contract_id` is asked where the form sets the contract rating. `planned_visit_id` is the plan
    that it carries out; it refers to no table, so that a visit never waits for its plan.
    `form_text` is the form itself where it was built for this visit (`forms.tailored.build`); its
    `form_version` then ends with a mark of the text. One that was started by mistake is deleted,
    with its `discard_reason`; only a draft can be. `summary` and `told_manager` are the officer's
    words; `signatures` as in `rules.visiting.signatures`; `blind` hides the outcome while questions
    are unanswered; `revealed`: all were answered once, and it stays in view; `answered_before`: how
    many were answered when hiding began.
    """

    __tablename__ = "visit"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_visit,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "planned_visit_id"}),
        lifecycle=VISIT,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    contract_id: Mapped[str | None] = parent("contract.id", same_setting=False)
    form_id: Mapped[str] = identifier(80)
    form_version: Mapped[str] = identifier(20)
    form_text: Mapped[str | None] = free_text()
    purpose: Mapped[str] = choice(Purpose)
    planned_visit_id: Mapped[str | None] = identifier(index=True)
    visited_on: Mapped[date]
    announced: Mapped[bool] = mapped_column(default=True)
    joined_by: Mapped[str] = free_text(250, default="")
    discard_reason: Mapped[str] = free_text(default="")
    summary: Mapped[str] = free_text(1500, default="")
    told_manager: Mapped[str] = free_text(600, default="")
    signatures: Mapped[dict[str, Any] | None] = mapped_column(Json)
    blind: Mapped[bool] = mapped_column(default=False)
    revealed: Mapped[bool] = mapped_column(default=False)
    answered_before: Mapped[int] = mapped_column(default=0)
    officer_id: Mapped[str] = user()
    status: Mapped[str] = choice(VisitStatus, default=VisitStatus.DRAFT, index=True)
    facts: Mapped[dict[str, Any] | None] = mapped_column(Json)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(Json)
    signed_off_at: Mapped[datetime | None] = mapped_column(Instant)
    signed_off_by: Mapped[str | None] = user()


class Joining(Synced, Base):
    """A user who makes a visit together with its officer, whoever holds the setting. Its id is
    `ids.joining_id(visit, user)`; a deleted one was taken back."""

    __tablename__ = "joining"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_joining,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.MAKER,
        derived_id=DerivedId(joining_id, ("visit_id", "user_id")),
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "visit_id", "user_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    visit_id: Mapped[str] = parent("visit.id", same_setting=True, freezes=True)
    user_id: Mapped[str] = user(index=True)
