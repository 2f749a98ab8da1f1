"""What happened to a setting, newest first."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import Action, Decision, Rag, Rating, Setting, Step, Visit
from visitapp.rules.access import REVIEWED
from visitapp.rules.choices import RatingKind, RatingState
from visitapp.services.lookup import titles
from visitapp.services.views.settings import TimelineEntry
from visitapp.services.wording import long_date
from visitapp.vocabulary import choice_word, visit_word

LONGEST = 50


def timeline(session: Session, setting: Setting) -> list[TimelineEntry]:
    """The latest 50 things: joined, ratings, sign-offs, reviews, actions done and verified."""
    joined = TimelineEntry(at=setting.created_at, what="Joined the portfolio.", detail="")
    entries = [
        joined,
        *_sign_offs(session, setting.id),
        *_ratings(session, setting.id),
        *_reviews(session, setting.id),
        *_verified(session, setting.id),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:LONGEST]


def _sign_offs(session: Session, setting_id: str) -> Iterator[TimelineEntry]:
    visits = session.scalars(
        select(Visit).where(
            Visit.setting_id == setting_id,
            Visit.deleted.is_(False),
            Visit.signed_off_at.is_not(None),
        )
    ).all()
    names = titles(session, [visit.signed_off_by for visit in visits])
    for visit in visits:
        if visit.signed_off_at is None:
            continue
        by = names.get(visit.signed_off_by or "")
        purpose = visit_word(visit.purpose)
        yield TimelineEntry(
            at=visit.signed_off_at,
            what=f"{purpose} of {long_date(visit.visited_on)} signed off.",
            detail=f"By {by}." if by else "",
        )


def _ratings(session: Session, setting_id: str) -> Iterator[TimelineEntry]:
    ratings = session.scalars(
        select(Rating)
        .where(Rating.setting_id == setting_id, Rating.deleted.is_(False))
        .order_by(Rating.since, Rating.id)
    )
    for rating in ratings:
        colour = choice_word(Rag, rating.rag)
        said = _RATING_SENTENCES[RatingState(rating.state)].format(
            subject=_RATING_SUBJECTS[RatingKind(rating.kind)],
            rag=colour,
            day=long_date(rating.visited_on),
        )
        yield TimelineEntry(at=rating.since, what=said, detail=rating.reason, rag=rating.rag)


_RATING_SUBJECTS = {RatingKind.QUALITY: "Quality", RatingKind.CONTRACT: "Contract"}
_RATING_SENTENCES = {
    RatingState.STANDS: "{subject} rated {rag} by the visit of {day}.",
    RatingState.PROPOSED: "{subject}: {rag} proposed by the visit of {day}, to be approved.",
    RatingState.NOTED: "{subject}: {rag}, provisional. It does not change the rating.",
    RatingState.UNDER_REVIEW: "{subject}: {rag} stands under review. The visit was returned.",
    RatingState.WITHDRAWN: "{subject}: {rag} withdrawn. The visit was returned.",
}


def _reviews(session: Session, setting_id: str) -> Iterator[TimelineEntry]:
    reviews = session.scalars(
        select(Step).where(
            Step.setting_id == setting_id,
            Step.kind == Visit.__tablename__,
            Step.after.in_(REVIEWED),
            Step.deleted.is_(False),
        )
    ).all()
    names = titles(session, [review.created_by for review in reviews])
    for review in reviews:
        verb = "approved" if review.after == Decision.APPROVED else "returned"
        by = names.get(review.created_by)
        yield TimelineEntry(
            at=review.created_at,
            what=f"Visit {verb} by {by}." if by else f"Visit {verb}.",
            detail=review.reason,
        )


def _verified(session: Session, setting_id: str) -> Iterator[TimelineEntry]:
    actions = session.scalars(
        select(Action).where(
            Action.setting_id == setting_id,
            Action.deleted.is_(False),
            Action.verified_at.is_not(None),
        )
    )
    for action in actions:
        if action.verified_at is not None:
            yield TimelineEntry(at=action.verified_at, what="Action verified.", detail=action.title)
