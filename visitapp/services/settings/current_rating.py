"""The rating that stands for a setting, in the words of the form that gave it."""

from __future__ import annotations

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.rating.outcome import Outcome
from visitapp.errors import Refused
from visitapp.records import Rating, Visit
from visitapp.services.views.settings import RatingView
from visitapp.services.visits.outcome_labels import NamedOutcome, named_outcomes
from visitapp.services.visits.summaries import UNRATED, FormOf, level_of


def standing_rating(session: Session, form_of: FormOf, setting_id: str) -> RatingView:
    """The latest rating of a setting."""
    rating = session.scalars(
        select(Rating)
        .where(Rating.setting_id == setting_id, Rating.deleted.is_(False))
        .order_by(Rating.since.desc(), Rating.id.desc())
        .limit(1)
    ).first()
    if rating is None:
        return RatingView(rag=UNRATED)
    visit = session.get(Visit, rating.visit_id) if rating.visit_id else None
    return RatingView(
        rag=rating.rag,
        percent=rating.percent,
        since=rating.since,
        provisional=rating.provisional,
        level=level_of(visit, form_of) if visit else "",
        results=_results(visit, form_of) if visit else [],
    )


def _results(visit: Visit, form_of: FormOf) -> list[NamedOutcome]:
    """The named results; none when this device lacks the form that names them."""
    if visit.outcome is None or not visit.outcome.get("results"):
        return []
    try:
        return named_outcomes(form_of(visit), msgspec.convert(visit.outcome, Outcome))
    except Refused:
        return []
