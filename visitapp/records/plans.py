"""Improvement plans, what is told about their actions, and what providers say of the report."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import (
    Base,
    Json,
    Synced,
    checked,
    choice,
    free_text,
    identifier,
    parent,
    past_day,
    user,
)
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, AfterEnd, Joint, Kind, Restore, Scope
from visitapp.rules.plans.accuracy_life import ACCURACY, comment_fault, write_accuracy
from visitapp.rules.plans.counted import progress_fault
from visitapp.rules.plans.plan_life import LONGEST_WITH, PLAN, goal_fault
from visitapp.rules.plans.states import AccuracyStatus, OwnerSide, PlanStatus, UpdateKind


class ImprovementPlan(Synced, Base):
    """What a provider will put right in one setting, under one goal and by one end date. Its
    actions name it.

    `provider_people`: who answers for it there, by role and name. From `status` on, every field is
    derived from its steps (`rules.plans.plan_life`); `agreed` is the newest version, an
    `AgreedPlan`, and each earlier one stays in its step.
    """

    __tablename__ = "improvement_plan"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id"}),
        lifecycle=PLAN,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    goal: Mapped[str] = free_text(600, fault=goal_fault)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    provider_people: Mapped[str] = free_text(600, default="")
    status: Mapped[str] = choice(PlanStatus, default=PlanStatus.DRAFT, index=True)
    version: Mapped[int] = mapped_column(default=0)
    agreed: Mapped[dict[str, Any] | None] = mapped_column(Json)
    agreed_on: Mapped[date | None]
    agreed_with: Mapped[str | None] = free_text(LONGEST_WITH)
    agreed_by: Mapped[str | None] = user()
    ended_on: Mapped[date | None]


class AccuracyPoint(Synced, Base):
    """What a provider says is not right in the report that came with a plan, in their words.

    `place`: where in the report; `shown`: what shows it; `file`: the SHA-256 of the provider's
    file. From `status` on, every field is derived from its steps (`rules.plans.accuracy_life`).
    """

    __tablename__ = "accuracy_point"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=write_accuracy,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset(
            {"setting_id", "plan_id", "visit_id", "received_on", "place", "text", "shown", "file"}
        ),
        lifecycle=ACCURACY,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    plan_id: Mapped[str] = parent(
        "improvement_plan.id", same_setting=True, after_end=AfterEnd.UNTIL_THEN
    )
    visit_id: Mapped[str | None] = parent("visit.id", same_setting=True)
    received_on: Mapped[date] = past_day()
    place: Mapped[str] = free_text(200, default="")
    text: Mapped[str] = free_text(fault=comment_fault)
    shown: Mapped[str] = free_text(default="")
    file: Mapped[str] = identifier(64, default="")
    status: Mapped[str] = choice(AccuracyStatus, default=AccuracyStatus.OPEN, index=True)
    answered_on: Mapped[date | None]
    answered_by: Mapped[str | None] = user()
    answer: Mapped[str | None] = free_text()


class ActionUpdate(Synced, Base):
    """What was said or seen about an action on one day. Append-only: a mistake is put right by the
    next one.

    `side`: who says so. `progress`: how many are done by now, of the action's `target`. `visit_id`:
    the visit that raised the finding again. `file`: the SHA-256 of the provider's file that it came
    with, else empty.
    """

    __tablename__ = "action_update"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.ON_THE_VISIT,
        late=True,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"setting_id", "action_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    action_id: Mapped[str] = parent("action.id", same_setting=True)
    visit_id: Mapped[str | None] = parent("visit.id", same_setting=True)
    kind: Mapped[str] = choice(UpdateKind)
    side: Mapped[str] = choice(OwnerSide)
    said_on: Mapped[date] = past_day()
    text: Mapped[str] = free_text()
    progress: Mapped[int | None] = checked(progress_fault)
    file: Mapped[str] = identifier(64, default="")
