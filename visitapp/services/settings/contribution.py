"""What settings themselves contribute: their ratings, the regulator's, and how they are found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import message, translate
from visitapp.records import Rag, Rating, Setting
from visitapp.rules.choices import RatingCause, RatingKind, RatingState
from visitapp.rules.market_choices import SettingStatus
from visitapp.services.contributions import Contribution, Filter, PortfolioPart, PortfolioQuestion
from visitapp.services.settings.finds import SETTINGS
from visitapp.services.settings.rag_order import RAG_ORDER
from visitapp.services.views.settings import PortfolioRow, TimelineEntry
from visitapp.standing.by_setting import Found
from visitapp.vocabulary import choice_word


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    yield TimelineEntry(at=setting.created_at, what=translate("Joined the portfolio."), detail="")
    ratings = session.scalars(
        select(Rating)
        .where(Rating.setting_id == setting.id, Rating.deleted.is_(False))
        .order_by(Rating.since, Rating.id)
    )
    for rating in ratings:
        words = _BY_EVENTS if rating.cause == RatingCause.EVENT else _RATINGS
        what = translate(
            words[RatingState(rating.state)].template,
            subject=choice_word(RatingKind, rating.kind),
            rag=choice_word(Rag, rating.rag),
            day=short_day(rating.visited_on),
        )
        yield TimelineEntry(at=rating.since, what=what, detail=rating.reason, rag=rating.rag)


_RATINGS = {
    RatingState.STANDS: message("{subject} rated {rag} by the visit of {day}."),
    RatingState.PROPOSED: message(
        "{subject}: {rag} proposed by the visit of {day}, to be approved."
    ),
    RatingState.NOTED: message("{subject}: {rag}, provisional. It does not change the rating."),
    RatingState.UNDER_REVIEW: message(
        "{subject}: {rag} stands under review. The visit was returned."
    ),
    RatingState.WITHDRAWN: message("{subject}: {rag} withdrawn. The visit was returned."),
}


_BY_EVENTS = {
    **_RATINGS,
    RatingState.STANDS: message("{subject} rated {rag} by the significant event of {day}."),
    RatingState.PROPOSED: message(
        "{subject}: {rag} proposed by the significant event of {day}, to be decided."
    ),
}


def _counties(question: PortfolioQuestion) -> list[Subquery]:
    return [
        select(
            Setting.id.label("setting_id"),
            Setting.in_county.label("in_county"),
            Setting.host_authority.label("host_authority"),
        ).subquery()
    ]


def _fields(found: Found) -> dict[str, Any]:
    return {
        "in_county": found["in_county"] is not False,
        "host_authority": found["host_authority"] or "",
        "rag": found["rag"] or Rag.UNRATED.value,
        "rag_before": found["rag_before"] or "",
        "rag_since": found["since"].astimezone().date() if found["since"] else None,
        "rated_on": found["rated_on"],
        "provisional": bool(found["provisional"]),
        "under_review": found["rating_state"] == RatingState.UNDER_REVIEW,
    }


def _rated(rag: str) -> Filter:
    return lambda row, today: row.rag == rag


def _found_by(row: PortfolioRow) -> Iterator[str]:
    yield from (row.name, row.provider, row.postcode, row.location_id)


CONTRIBUTION = Contribution(
    timeline=_timeline,
    portfolio=PortfolioPart(
        fields=_fields,
        queries=_counties,
        filters={
            "all": lambda row, today: True,
            "closed_settings": lambda row, today: row.status != SettingStatus.OPEN,
            "out_of_county": lambda row, today: not row.more.get("in_county", True),
            "attention": lambda row, today: row.needs_attention,
            **{rag: _rated(rag) for rag in RAG_ORDER},
        },
        orders={
            "name": lambda row: row.name.casefold(),
            "rag": lambda row: RAG_ORDER[row.rag],
            "regulator": lambda row: row.regulator_overall or None,
            "service_type": lambda row: row.service_type,
            "provider": lambda row: row.provider.casefold() or None,
        },
    ),
    found_by=_found_by,
    finds=[SETTINGS],
)
