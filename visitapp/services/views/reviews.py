"""What services hand out about the review of visits."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from visitapp.services.views.visits import VisitSummary


class SecondReviewView(Struct, frozen=True, kw_only=True):
    """A second review of a visit's present sign-off. `comment`: what the second reviewer said.
    `mine`: whether the user of this device is the second reviewer."""

    id: str
    reviewer: str
    asked_by: str
    asked_at: datetime
    note: str
    status: str
    comment: str = ""
    mine: bool = False


class QueuedReview(Struct, frozen=True, kw_only=True):
    """A visit in the queue of reviews.

    `reasons` are those of `ReviewReason`; empty where the server has drawn nothing: on a device
    without one, and for a visit from before there was a draw.
    """

    visit: VisitSummary
    reasons: list[str]
    days_waiting: int
    due_on: date
    overdue: bool
    second: list[SecondReviewView]


class ReviewQueue(Struct, frozen=True, kw_only=True):
    """The visits that wait, and how far the week's work is. `decided`: visits that were approved
    or returned since Monday."""

    waiting: list[QueuedReview]
    decided: int

    @property
    def total(self) -> int:
        """The visits of this week: decided, and waiting."""
        return self.decided + len(self.waiting)
