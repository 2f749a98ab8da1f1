"""Interventions: intensive support of a setting, what it is to reach, and what was counted."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import (
    Base,
    Synced,
    choice,
    free_text,
    identifier,
    parent,
    past_day,
    user,
)
from visitapp.rules import access
from visitapp.rules.interventions.intervention_life import INTERVENTION
from visitapp.rules.interventions.states import (
    Bound,
    InterventionResult,
    InterventionStatus,
    Measure,
    Unit,
)
from visitapp.rules.kinds import NO_VIEWERS, NONE, AfterEnd, Joint, Kind, Restore, Scope


class Intervention(Synced, Base):
    """A setting that an officer refers for intensive support, and what becomes of it.

    `why`: the reason; `grounds`: what supports it, such as missed dates. From `status` on, every
    field is derived from its steps (`rules.interventions.intervention_life`). While it is open,
    `officer_id` sees the setting and works there, beside its contract officer.
    """

    __tablename__ = "intervention"
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
        fixed=frozenset({"setting_id", "referred_on", "why", "grounds"}),
        lifecycle=INTERVENTION,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    referred_on: Mapped[date] = past_day()
    why: Mapped[str] = free_text()
    grounds: Mapped[str] = free_text()
    status: Mapped[str] = choice(
        InterventionStatus, default=InterventionStatus.REFERRED, index=True
    )
    decided_by: Mapped[str | None] = user()
    decided_on: Mapped[date | None]
    officer_id: Mapped[str | None] = user(index=True)
    starts_on: Mapped[date | None]
    planned_to: Mapped[date | None]
    sustain_months: Mapped[int | None]
    sustained_from: Mapped[date | None]
    stepped_down_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    result: Mapped[str | None] = choice(InterventionResult)
    summary: Mapped[str | None] = free_text()


class ExitCriterion(Synced, Base):
    """One thing that must hold before an intervention ends (`rules.interventions.criteria`).

    `needed`: the value, in `unit`, that must be reached `times` running. `question`: the one whose
    answers are measured, else empty. `how_checked`: who checks it, and on what sample.
    """

    __tablename__ = "exit_criterion"
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
        # What must hold is never changed under a criterion: another one takes its place.
        fixed=frozenset(
            {"setting_id", "intervention_id", "measure", "bound", "unit"}
            | {"needed", "times", "question"}
        ),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    intervention_id: Mapped[str] = parent(
        "intervention.id", same_setting=True, after_end=AfterEnd.REFUSED
    )
    text: Mapped[str] = free_text(300)
    measure: Mapped[str] = choice(Measure)
    bound: Mapped[str] = choice(Bound)
    unit: Mapped[str] = choice(Unit)
    needed: Mapped[int]
    times: Mapped[int] = mapped_column(default=1)
    question: Mapped[str] = identifier(80, default="")
    how_checked: Mapped[str] = free_text(300, default="")


class CriterionReading(Synced, Base):
    """What somebody counted for a criterion on one day. Append-only: a mistake is put right by the
    next one of that day. `of`: of how many, None for a plain number."""

    __tablename__ = "criterion_reading"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"setting_id", "criterion_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    criterion_id: Mapped[str] = parent("exit_criterion.id", same_setting=True)
    visit_id: Mapped[str | None] = parent("visit.id", same_setting=True)
    counted_on: Mapped[date] = past_day()
    counted: Mapped[int]
    counted_of: Mapped[int | None]
    note: Mapped[str] = free_text(default="")
