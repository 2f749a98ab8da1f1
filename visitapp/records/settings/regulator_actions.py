"""What regulators did about settings."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from visitapp.records.base import Base, Synced, choice, free_text, parent
from visitapp.rules import access
from visitapp.rules.choices import Enforcement
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class RegulatorAction(Synced, Base):
    """Enforcement by a regulator, in force from `from_on` until `to_on`, or until it is lifted.
    `source`: where it is published, or who told us."""

    __tablename__ = "regulator_action"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "kind"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    kind: Mapped[str] = choice(Enforcement)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    conditions: Mapped[str] = free_text(default="")
    source: Mapped[str] = free_text(250, default="")
