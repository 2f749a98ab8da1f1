"""Concerns about a setting, and what was noted of them since."""

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
    past_day,
    user,
)
from visitapp.rules import access
from visitapp.rules.authority.person_code import LONGEST_CODE, person_code_fault
from visitapp.rules.concerns.concern_life import (
    CONCERN,
    note_fault,
    title_fault,
    write_concern,
)
from visitapp.rules.concerns.states import (
    ConcernDecision,
    ConcernKind,
    ConcernSource,
    ConcernStage,
    ConcernStatus,
    Harm,
    Severity,
    UpdateKind,
)
from visitapp.rules.concerns.themes import LONGEST_THEMES, themes_fault
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class Concern(Synced, Base):
    """What somebody brought to the council about a setting. A person is named by a code alone.

    `visit_id` and `question`: where it was raised on a visit. `reference`: its number in the case
    system that it came from. From `status` on, every field is derived from its steps
    (`rules.concerns.concern_life`). `reached`: when each stage was, by its name. `restricted_to`:
    the roles that see it beside its maker and its handler; None for everybody who sees the setting.
    `repeat_of_id`: the earlier concern of the setting that it repeats. It is no reference: who sees
    this one need not see that one.
    """

    __tablename__ = "concern"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=write_concern,
        judged=NONE,
        joint=Joint.ON_THE_VISIT,
        late=True,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset(
            {"setting_id", "visit_id", "question", "kind", "received_at", "starts_restricted"}
        ),
        lifecycle=CONCERN,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    visit_id: Mapped[str | None] = parent("visit.id", same_setting=True)
    question: Mapped[str | None] = identifier(80)
    kind: Mapped[str] = choice(ConcernKind)
    source: Mapped[str] = choice(ConcernSource)
    received_at: Mapped[datetime] = mapped_column(Instant, index=True)
    happened_on: Mapped[date | None] = past_day()
    person: Mapped[str | None] = free_text(LONGEST_CODE, fault=person_code_fault)
    severity: Mapped[str] = choice(Severity)
    themes: Mapped[str] = free_text(LONGEST_THEMES, fault=themes_fault, default="")
    title: Mapped[str] = free_text(200, fault=title_fault)
    text: Mapped[str] = free_text(default="")
    reference: Mapped[str] = free_text(60, index=True, default="")
    repeat_of_id: Mapped[str | None] = identifier()
    starts_restricted: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = choice(ConcernStatus, default=ConcernStatus.OPEN, index=True)
    stage: Mapped[str | None] = choice(ConcernStage)
    reached: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    restricted_to: Mapped[str | None] = identifier(60, index=True)
    handler_id: Mapped[str | None] = user()
    reply: Mapped[str | None] = free_text()
    decision: Mapped[str | None] = choice(ConcernDecision)
    lesson: Mapped[str | None] = free_text()
    reopened_count: Mapped[int] = mapped_column(default=0)
    harm: Mapped[str | None] = choice(Harm)
    causes: Mapped[str | None] = free_text()
    investigator: Mapped[str | None] = free_text()
    learned: Mapped[str | None] = free_text()
    checked_visit_id: Mapped[str | None] = identifier()


class ConcernUpdate(Synced, Base):
    """What was noted of a concern, who was told of it, or which action answers it. Append-only, and
    restricted with it."""

    __tablename__ = "concern_update"
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
        fixed=frozenset({"setting_id", "concern_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    concern_id: Mapped[str] = parent("concern.id", same_setting=True)
    kind: Mapped[str] = choice(UpdateKind)
    text: Mapped[str] = free_text(fault=note_fault)
    told: Mapped[str] = free_text(120, default="")
    action_id: Mapped[str | None] = parent("action.id", same_setting=True)
