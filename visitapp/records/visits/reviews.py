"""What belongs to the review of a visit, beside the steps that decide it."""

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
    free_text,
    identifier,
    parent,
    user,
)
from visitapp.rules import access
from visitapp.rules.kinds import NONE, ON_VISITS, Joint, Kind, Restore, Scope
from visitapp.rules.reviews.second_review_life import SECOND_REVIEW
from visitapp.rules.reviews.states import (
    SecondReviewStatus,
)


class ReviewDraw(Synced, Base):
    """Whether a team lead reviews a visit, and why. The server alone makes it, once for each
    sign-off (`ids.review_draw_id`).

    `reasons` are those of `choices.ReviewReason`, the gravest first; none for a visit that is not
    sampled. `policy_version`: of the policy that decided.
    """

    __tablename__ = "review_draw"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=ON_VISITS,
        writers=access.WRITERS,
        write=access.write_draw,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.SERVER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"setting_id", "visit_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    visit_id: Mapped[str] = parent("visit.id", same_setting=True)
    signed_off_at: Mapped[datetime] = mapped_column(Instant)
    reasons: Mapped[list[Any]] = mapped_column(Json, default=list)
    policy_version: Mapped[str] = identifier(20)


class ReviewComment(Synced, Base):
    """What a team lead says of one answer of a visit, or the officer in reply. Append-only.

    `reply_to_id`: the comment that it replies to. It is about the visit, and no part of it: it may
    be written when the visit is frozen, and no report for the provider has it.
    """

    __tablename__ = "review_comment"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=ON_VISITS,
        writers=access.WRITERS,
        write=access.write_comment,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"setting_id", "visit_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    visit_id: Mapped[str] = parent("visit.id", same_setting=True)
    reply_to_id: Mapped[str | None] = parent("review_comment.id", same_setting=True)
    question: Mapped[str] = identifier(80)
    text: Mapped[str] = free_text()


class SecondReview(Synced, Base):
    """A team lead's question to a second reviewer. While one is open or was answered with no,
    nobody approves the visit; and the second reviewer does not approve it themselves.

    It is about one sign-off, `signed_off_at`: after the next one it is asked anew.
    """

    __tablename__ = "second_review"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=ON_VISITS,
        writers=access.WRITERS,
        write=access.write_second_review,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "visit_id", "signed_off_at", "reviewer_id", "note"}),
        lifecycle=SECOND_REVIEW,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    visit_id: Mapped[str] = parent("visit.id", same_setting=True)
    signed_off_at: Mapped[datetime] = mapped_column(Instant)
    reviewer_id: Mapped[str] = user(index=True)
    note: Mapped[str] = free_text(default="")
    status: Mapped[str] = choice(SecondReviewStatus, default=SecondReviewStatus.ASKED)
