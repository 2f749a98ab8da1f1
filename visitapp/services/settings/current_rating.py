"""The rating that stands for a setting, in the words of the form that gave it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.rating.outcome import Outcome
from visitapp.errors import Refused
from visitapp.records import Rag, Rating, SignificantEvent, Visit, VisitStatus
from visitapp.rules.choices import RatingKind, RatingState
from visitapp.rules.ratings import RatingRow, standing
from visitapp.services.settings.rag_order import RAG_ORDER
from visitapp.services.views.settings import RatingView
from visitapp.services.visits.outcome_labels import NamedOutcome, named_outcomes
from visitapp.services.visits.summaries import FormOf, level_of
from visitapp.standing.ratings import latest_of_visit, ranked_ratings, rating_rows


def current_rating(session: Session, form_of: FormOf, setting_ids: Sequence[str]) -> RatingView:
    """The quality rating of a setting and of those merged into it, and a later one that is
    proposed."""
    rows = [rating_rows(session, RatingKind.QUALITY, one) for one in setting_ids]
    return _view(session, form_of, [row for some in rows for row in some])


class StandingRating(NamedTuple):
    """The quality rating that stands for a setting, and since when."""

    rag: str
    since: datetime


def standing_ratings(session: Session) -> dict[str, StandingRating]:
    """By setting, the quality rating that stands; a setting without one is missing."""
    ranked = ranked_ratings()
    found = session.execute(
        select(ranked.c.setting_id, ranked.c.rag, ranked.c.since).where(ranked.c.place == 1)
    )
    return {row.setting_id: StandingRating(row.rag, row.since) for row in found}


def standing_rags(session: Session, setting_ids: Collection[str]) -> dict[str, str]:
    """By setting, the quality rating that stands; a setting without one is missing."""
    if not setting_ids:
        return {}  # to rank the ratings of thousands of settings takes a while
    ranked = ranked_ratings()
    found = session.execute(
        select(ranked.c.setting_id, ranked.c.rag).where(
            ranked.c.place == 1, ranked.c.setting_id.in_(setting_ids)
        )
    )
    return {row.setting_id: row.rag for row in found}


def contract_rating(session: Session, form_of: FormOf, contract_ids: Sequence[str]) -> RatingView:
    """The rating of a contract, of several the worst one; unrated where there is none."""
    views = [
        _view(session, form_of, rating_rows(session, RatingKind.CONTRACT, contract_id))
        for contract_id in contract_ids
    ]
    unrated = RatingView(rag=Rag.UNRATED.value)
    return min(views, key=lambda view: RAG_ORDER[view.rag], default=unrated)


def _view(session: Session, form_of: FormOf, rows: list[RatingRow]) -> RatingView:
    found = standing(rows)
    later = rows if found is None else [r for r in rows if r.visited_on >= found.visited_on]
    proposed = _proposed(session, later, found)
    if found is None:
        return RatingView(rag=Rag.UNRATED.value, proposed=proposed)
    rating = session.get_one(Rating, found.id)
    visit = session.get(Visit, found.cause_id)
    event = session.get(SignificantEvent, found.cause_id)
    return RatingView(
        rag=rating.rag,
        percent=rating.percent,
        since=rating.since,
        visited_on=rating.visited_on,
        provisional=rating.provisional,
        state=rating.state,
        proposed=proposed,
        cause=rating.cause,
        review_on=event.review_on if event else None,
        level=level_of(visit, form_of) if visit else "",
        results=_results(visit, form_of) if visit else [],
    )


def _proposed(session: Session, rows: list[RatingRow], stands: RatingRow | None) -> str:
    """The RAG of the latest visit or event whose rating waits for a team lead, else empty."""
    latest = (latest_of_visit(rows, cause_id) for cause_id in {row.cause_id for row in rows})
    waiting = [
        row
        for row in latest
        if row is not None and row.state == RatingState.PROPOSED and _is_open(session, row, stands)
    ]
    newest = max(waiting, key=lambda row: (row.visited_on, row.age), default=None)
    return newest.rag if newest else ""


def _is_open(session: Session, row: RatingRow, stands: RatingRow | None) -> bool:
    """Whether a proposal waits: that of a visit for its review, that of an event until a rating is
    decided after it."""
    visit = session.get(Visit, row.cause_id)
    if visit is not None:
        return visit.status == VisitStatus.SIGNED_OFF
    return stands is None or row.age > stands.age


def _results(visit: Visit, form_of: FormOf) -> list[NamedOutcome]:
    """The named results; none when this device lacks the form that names them."""
    if visit.outcome is None or not visit.outcome.get("results"):
        return []
    try:
        return named_outcomes(form_of(visit), msgspec.convert(visit.outcome, Outcome))
    except Refused:
        return []
