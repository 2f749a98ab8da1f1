"""What concerns contribute: to a timeline, the risk models, the portfolio and its search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from visitapp.language import translate
from visitapp.records import Concern, Setting, Step
from visitapp.rules.concerns.states import ConcernKind, ConcernStatus
from visitapp.services.concerns.finds import CONCERNS
from visitapp.services.concerns.today import limits_of_the_day
from visitapp.services.concerns.words import step_words
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.views.settings import PortfolioRow, TimelineEntry
from visitapp.standing.by_setting import Found
from visitapp.vocabulary import choice_word


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    about = (Concern.setting_id == setting.id, Concern.deleted.is_(False))
    for one in session.scalars(select(Concern).where(*about)):
        kind = choice_word(ConcernKind, one.kind)
        what = translate("{kind}: {title}", kind=kind, title=one.title)
        yield TimelineEntry(at=one.received_at, what=what, detail=one.text)
    steps = session.execute(
        select(Step, Concern.title)
        .join(Concern, Concern.id == Step.record_id)
        .where(
            Step.kind == Concern.__tablename__,
            Step.accepted,
            Step.after.in_((ConcernStatus.DECIDED, ConcernStatus.CLOSED)),
            Step.before != Step.after,
            *about,
        )
    )
    for step, title in steps:
        what = translate("{title}. {step}", title=title, step=step_words(step))
        yield TimelineEntry(at=step.created_at, what=what, detail=step.reason)


def _counts(question: PortfolioQuestion) -> list[Subquery]:
    return [
        select(Concern.setting_id, func.count().label("logged_concerns"))
        .where(Concern.deleted.is_(False), Concern.status != ConcernStatus.CLOSED)
        .group_by(Concern.setting_id)
        .subquery(),
        select(
            Concern.setting_id,
            func.group_concat(Concern.reference, " ").label("concern_references"),
        )
        .where(Concern.deleted.is_(False), Concern.reference != "")
        .group_by(Concern.setting_id)
        .subquery(),
    ]


def _fields(found: Found) -> dict[str, Any]:
    return {
        "logged_concerns": found["logged_concerns"] or 0,
        "concern_references": found["concern_references"] or "",
    }


def _open(row: PortfolioRow) -> int:
    return int(row.more["logged_concerns"])


def _found_by(row: PortfolioRow) -> Iterable[str]:
    return [row.more["concern_references"]]


CONTRIBUTION = Contribution(
    timeline=_timeline,
    portfolio=PortfolioPart(
        queries=_counts,
        fields=_fields,
        filters={"logged_concerns": lambda row, today: _open(row) > 0},
        orders={"logged_concerns": lambda row: -_open(row)},
    ),
    found_by=_found_by,
    today=[limits_of_the_day],
    finds=[CONCERNS],
)
