"""Decisions on the placement position of settings."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Synced, choice, free_text, identifier, parent
from visitapp.rules import access
from visitapp.rules.choices import Position, PositionSource, Rag
from visitapp.rules.kinds import EVERYBODY, NONE, Joint, Kind, Restore, Scope


class PlacementPosition(Synced, Base):
    """Whether a setting takes new placements, from a day on (`rules.placement`).

    `replaces_id` is the decision that stood before it, `settles_id` another that had met that one.
    They refer to no table: a decision may replace one that never reached the server. `rag` is the
    rating that stood when it was decided, `cause_id` the rating or event that led to it. An
    `interim` one waits to be confirmed, and ends after `lapses_on` where it has one.

    People decide. The server makes the interim position that follows from a Red, with an id derived
    from the rating (`ids.position_id`), in nobody's name; the device that wrote the rating writes
    the same row for itself.
    """

    __tablename__ = "placement_position"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=EVERYBODY,
        writers=access.DECIDERS,
        write=access.write_position,
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
    replaces_id: Mapped[str | None] = identifier(index=True)
    settles_id: Mapped[str | None] = identifier(index=True)
    position: Mapped[str] = choice(Position)
    condition: Mapped[str] = free_text(default="")
    from_on: Mapped[date]
    reason: Mapped[str] = free_text(default="")
    source: Mapped[str] = choice(PositionSource)
    cause_id: Mapped[str | None] = identifier()
    interim: Mapped[bool] = mapped_column(default=False)
    review_on: Mapped[date | None]
    lapses_on: Mapped[date | None]
    rag: Mapped[str] = choice(Rag)
    policy_version: Mapped[str] = identifier(20)
