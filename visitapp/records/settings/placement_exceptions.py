"""Placement exceptions: one person's placement in a setting that is closed to new ones."""

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
from visitapp.rules.authority.exception_life import EXCEPTION
from visitapp.rules.authority.person_code import LONGEST_CODE, person_code_fault
from visitapp.rules.authority.states import ExceptionStatus
from visitapp.rules.authority.writing import write_exception
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope
from visitapp.rules.personal_text import exception_text_fault


class PlacementException(Synced, Base):
    """What was asked for one person, named by a code; from `status` on, every field is derived from
    its steps (`rules.authority.exception_life`).

    `assessment`: a `PlacementRisk`. `ended_on`: when it became void or expired. A person is never
    named here, so whoever sees the setting sees it, but for viewers.
    """

    __tablename__ = "placement_exception"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=NO_VIEWERS,
        write=write_exception,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "person", "why", "needed_by"}),
        lifecycle=EXCEPTION,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    person: Mapped[str] = free_text(LONGEST_CODE, fault=person_code_fault)
    why: Mapped[str] = free_text(fault=exception_text_fault)
    needed_by: Mapped[date | None]
    status: Mapped[str] = choice(ExceptionStatus, default=ExceptionStatus.ASKED, index=True)
    assessment: Mapped[dict[str, Any] | None] = mapped_column(Json)
    assessed_by: Mapped[str | None] = user()
    assessed_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str | None] = user()
    decided_on: Mapped[date | None]
    conditions: Mapped[str | None] = free_text(fault=exception_text_fault)
    valid_to: Mapped[date | None]
    policy_version: Mapped[str | None] = identifier(20)
    placed_on: Mapped[date | None]
    ended_on: Mapped[date | None]
