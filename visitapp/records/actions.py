"""Improvement actions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import (
    Base,
    Instant,
    Synced,
    checked,
    choice,
    free_text,
    identifier,
    parent,
    user,
)
from visitapp.rules import access
from visitapp.rules.action_life import ACTION, due_date_fault, title_fault
from visitapp.rules.choices import ActionStatus, Priority, VerifiedHow
from visitapp.rules.kinds import NO_VIEWERS, NONE, AfterEnd, Joint, Kind, Restore, Scope
from visitapp.rules.plans.counted import target_fault
from visitapp.rules.plans.states import OwnerSide


class Action(Synced, Base):
    """What will be done about a finding, by whom and by when. `theme`: the id of one of the
    policy's; `target`: of how many its progress is counted. From `due_on` to `reopened_count`,
    every field is derived from its steps (`rules.action_life`)."""

    __tablename__ = "action"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.ON_THE_VISIT,
        late=True,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "visit_id", "first_due_on"}),
        lifecycle=ACTION,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    visit_id: Mapped[str | None] = parent("visit.id", same_setting=True)
    # A finding of a visit keeps its action, though a colleague ended the plan meanwhile.
    plan_id: Mapped[str | None] = parent(
        "improvement_plan.id", same_setting=True, after_end=AfterEnd.TAKEN
    )
    question: Mapped[str] = identifier(80, default="")
    title: Mapped[str] = free_text(400, fault=title_fault)
    detail: Mapped[str | None] = free_text()
    owner: Mapped[str] = free_text(120, default="")
    owner_side: Mapped[str] = choice(OwnerSide, default=OwnerSide.PROVIDER)
    theme: Mapped[str] = identifier(80, default="")
    success_measure: Mapped[str] = free_text(default="")
    target: Mapped[int | None] = checked(target_fault)
    priority: Mapped[str] = choice(Priority, default=Priority.MEDIUM)
    first_due_on: Mapped[date] = checked(due_date_fault)
    due_on: Mapped[date] = mapped_column(index=True)
    status: Mapped[str] = choice(ActionStatus, default=ActionStatus.OPEN, index=True)
    done_on: Mapped[date | None]
    verified_by: Mapped[str | None] = user()
    verified_at: Mapped[datetime | None] = mapped_column(Instant)
    verified_how: Mapped[str | None] = choice(VerifiedHow)
    verified_note: Mapped[str | None] = free_text()
    moved_count: Mapped[int] = mapped_column(default=0)
    reopened_count: Mapped[int] = mapped_column(default=0)
