"""The queue of reviews: what waits, why, since when and until when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from visitapp.records import Rag, ReviewDraw, ReviewReason, Step, Visit, VisitStatus
from visitapp.rules.text import folded
from visitapp.services.context import Desk
from visitapp.services.views.reviews import QueuedReview, ReviewQueue
from visitapp.services.visits.sign_off.second_reviewers import second_views
from visitapp.services.visits.summaries import visit_summaries
from visitapp.standing.visits import is_review, is_visit

_MOVED = frozenset({ReviewReason.WORSE, ReviewReason.BETTER})


def review_queue(session: Session, desk: Desk) -> ReviewQueue:
    """The signed-off visits that nobody decided on yet, Red and moved ones first."""
    waiting = visit_summaries(
        session, desk.form_of, Visit.status == VisitStatus.SIGNED_OFF, is_visit(Visit)
    )
    drawn = _drawn(session)
    second = second_views(session, desk, [visit.id for visit in waiting])
    policy, today = desk.policy(session), desk.today()
    calendar, days = policy.working_days.days(), policy.review.due_working_days
    queued = []
    for visit in waiting:
        signed = visit.signed_off_at.astimezone().date() if visit.signed_off_at else today
        due_on = calendar.add(signed, days)
        one = QueuedReview(
            visit=visit,
            reasons=drawn.get((visit.id, visit.signed_off_at), []),
            days_waiting=max(0, (today - signed).days),
            due_on=due_on,
            overdue=due_on < today,
            second=second.get(visit.id, []),
        )
        queued.append(one)
    return ReviewQueue(
        waiting=sorted(queued, key=ORDERS["urgent"]),
        decided=_decided_since(session, _monday(today)),
    )


def _drawn(session: Session) -> dict[tuple[str, datetime | None], list[str]]:
    """Why each waiting visit is reviewed, by the visit and its sign-off."""
    waiting = select(Visit.id, Visit.signed_off_at).where(Visit.status == VisitStatus.SIGNED_OFF)
    found = session.execute(
        select(ReviewDraw.visit_id, ReviewDraw.signed_off_at, ReviewDraw.reasons).where(
            tuple_(ReviewDraw.visit_id, ReviewDraw.signed_off_at).in_(waiting)
        )
    )
    return {(row.visit_id, row.signed_off_at): row.reasons for row in found}


def _decided_since(session: Session, day: date) -> int:
    begins = datetime.combine(day, time()).astimezone()
    decided = select(func.count(Step.record_id.distinct())).where(
        is_review(Step), Step.accepted, Step.created_at >= begins
    )
    return session.scalar(decided) or 0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def is_urgent(one: QueuedReview) -> int:
    """0 for a Red visit, 1 for one whose rating moved, 2 for the others."""
    if one.visit.rag == Rag.RED:
        return 0
    before = one.visit.previous_rag
    moved = bool(_MOVED & set(one.reasons)) or before not in (Rag.UNRATED, one.visit.rag)
    return 1 if moved else 2


def _since(one: QueuedReview) -> tuple[bool, float, str]:
    """The longest waiting first."""
    signed = one.visit.signed_off_at
    return signed is None, signed.timestamp() if signed else 0.0, one.visit.id


_SEVERITY = {Rag.RED: 0, Rag.AMBER: 1, Rag.GREEN: 2, Rag.UNRATED: 3}

ORDERS: Mapping[str, Callable[[QueuedReview], Any]] = {
    "urgent": lambda one: (is_urgent(one), _since(one)),
    "due": lambda one: (one.due_on, _since(one)),
    "officer": lambda one: (folded(one.visit.officer), _since(one)),
    "setting": lambda one: (folded(one.visit.setting), _since(one)),
    "outcome": lambda one: (_SEVERITY[Rag(one.visit.rag)], _since(one)),
}
"""How a queue is sorted, by name."""


def chosen(
    queue: Sequence[QueuedReview],
    *,
    search: str = "",
    officer: str = "",
    outcome: str = "",
    reason: str = "",
    order: str = "urgent",
) -> list[QueuedReview]:
    """Those of a queue that all filters let through; an empty filter lets everything through.
    `reason`: one of `ReviewReason`. Raises KeyError for an unknown order."""
    wanted = folded(search)
    found = [
        one
        for one in queue
        if (wanted in folded(one.visit.setting) or wanted in folded(one.visit.officer))
        and officer in ("", one.visit.officer)
        and outcome in ("", one.visit.rag)
        and (not reason or reason in one.reasons)
    ]
    return sorted(found, key=ORDERS[order])
