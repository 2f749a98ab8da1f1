"""Ratings of settings and of contracts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Instant, Synced, choice, free_text, identifier, parent
from visitapp.rules import access
from visitapp.rules.choices import Rag, RatingCause, RatingKind, RatingState
from visitapp.rules.kinds import EVERYBODY, NONE, Joint, Kind, Restore, Scope


class Rating(Synced, Base):
    """What a visit or a significant event says of the rating of a setting, or of a contract
    (`rules.ratings`).

    The server alone makes ratings: one at a sign-off, at each review that changes it and at an
    event (`ids.rating_id`). The device that signs off, reviews or records the event writes the same
    row for itself, which the server's replaces. `since` is when it was written; the day of the
    visit or event, `visited_on`, orders ratings. `policy_version`: of the policy that decided the
    state. `visit_id` and `event_id` refer to no table, because some roles see ratings and neither
    visits nor events.
    """

    __tablename__ = "rating"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=EVERYBODY,
        writers=access.WRITERS,
        write=access.write_rating,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.SERVER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"setting_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    cause: Mapped[str] = choice(RatingCause, default=RatingCause.VISIT)
    visit_id: Mapped[str | None] = identifier(index=True)
    event_id: Mapped[str | None] = identifier(index=True)
    contract_id: Mapped[str | None] = parent("contract.id", same_setting=False)
    kind: Mapped[str] = choice(RatingKind)
    state: Mapped[str] = choice(RatingState)
    visited_on: Mapped[date]
    rag: Mapped[str] = choice(Rag)
    percent: Mapped[int | None]
    provisional: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = free_text(default="")
    since: Mapped[datetime] = mapped_column(Instant)
    policy_version: Mapped[str] = identifier(20)
