"""Conflicts: fields that two people changed while apart."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import (
    Base,
    Instant,
    Json,
    Synced,
    choice,
    identifier,
    parent,
    user,
)
from visitapp.rules import access
from visitapp.rules.choices import ConflictStatus, Side
from visitapp.rules.conflict_life import CONFLICT
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class Conflict(Synced, Base):
    """One field that two people changed apart. Made by the server, settled by a person.

    The server's value stays in the record; `other_value` is the one set aside. `step_id` is the
    step that was set aside, where the clash is over a state. From `status` on, every field is
    derived from its steps (`rules.conflict_life`).
    """

    __tablename__ = "conflict"
    __kind__ = Kind(
        scope=Scope.SETTING | Scope.PROVIDER | Scope.CONTRACT | Scope.PERSON,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_conflict,
        judged=NONE,
        joint=Joint.TRAIL,
        late=False,
        restore=Restore.SERVER,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id"}),
        lifecycle=CONFLICT,
    )

    setting_id: Mapped[str | None] = parent("setting.id", same_setting=False)
    provider_id: Mapped[str | None] = parent("provider.id", same_setting=False)
    contract_id: Mapped[str | None] = parent("contract.id", same_setting=False)
    user_id: Mapped[str | None] = user()
    kind: Mapped[str] = identifier(30)
    record_id: Mapped[str] = identifier(index=True)
    field: Mapped[str] = identifier(60)
    base_value: Mapped[Any | None] = mapped_column(Json)
    server_value: Mapped[Any | None] = mapped_column(Json)
    server_by: Mapped[str | None] = user()
    server_at: Mapped[datetime | None] = mapped_column(Instant)
    other_value: Mapped[Any | None] = mapped_column(Json)
    other_by: Mapped[str] = user()
    other_at: Mapped[datetime] = mapped_column(Instant)
    other_device: Mapped[str] = identifier(default="")
    step_id: Mapped[str | None] = parent("step.id", same_setting=True)
    status: Mapped[str] = choice(ConflictStatus, default=ConflictStatus.OPEN, index=True)
    kept: Mapped[str | None] = choice(Side)
    settled_by: Mapped[str | None] = user()
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
