"""What was known of a setting on a day: its ratings, risks, plan and concerns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.model import Form
from forms.rating.outcome import Outcome
from visitapp.errors import Refused
from visitapp.records import (
    Concern,
    Intervention,
    Purpose,
    Rag,
    RegulatorChange,
    Setting,
    Visit,
)
from visitapp.rules.choices import RatingKind
from visitapp.services.interventions.views import Figures
from visitapp.services.visits.outcome_labels import NamedOutcome, named_outcomes
from visitapp.standing.indicators.concerns import counted_concerns
from visitapp.standing.interventions.criteria import plan_of, verified_by
from visitapp.standing.ratings import rating_rows, standing_on
from visitapp.standing.visits import stands

CONCERN_DAYS = 90
"""Days before a day in which the concerns are counted."""

_OVERALL = "Overall"


def figures_on(
    session: Session, form_of: Callable[[Visit], Form], record: Intervention, day: date
) -> Figures:
    """The figures of a day. What was recorded later about an earlier day counts for that day."""
    rating = standing_on(rating_rows(session, RatingKind.QUALITY, record.setting_id), day)
    plan = plan_of(session, record)
    regulator, published_on = _regulator(session, record.setting_id, day)
    (verified,) = verified_by(session, plan, [day]) if plan else (None,)
    return Figures(
        on=day,
        rag=rating.rag if rating else Rag.UNRATED.value,
        regulator=regulator,
        regulator_on=published_on,
        risks=_risks(session, form_of, record.setting_id, day),
        verified=verified.value if verified else 0,
        actions=(verified.of or 0) if verified else 0,
        concerns=concerns_before(session, record.setting_id, day),
        days=CONCERN_DAYS,
    )


def _regulator(session: Session, setting_id: str, day: date) -> tuple[str, date | None]:
    """The regulator's overall rating and the day of its report, by the changes that imports found
    since."""
    changes = session.scalars(
        select(RegulatorChange).where(
            RegulatorChange.setting_id == setting_id,
            RegulatorChange.domain == _OVERALL,
            RegulatorChange.deleted.is_(False),
        )
    ).all()
    dated = sorted(
        ((on, one.id, one) for one in changes if (on := one.published_on or one.edition_on)),
        key=lambda item: item[:2],
    )
    by_then = [one for on, _, one in dated if on <= day]
    if by_then:
        return by_then[-1].after, by_then[-1].published_on
    later = [one for on, _, one in dated if on > day]
    if later:
        return later[0].before, None
    setting = session.get_one(Setting, setting_id)
    return setting.regulator_overall, setting.regulator_published


def _risks(
    session: Session, form_of: Callable[[Visit], Form], setting_id: str, day: date
) -> list[NamedOutcome]:
    last = session.scalars(
        select(Visit)
        .where(
            Visit.setting_id == setting_id,
            Visit.purpose == Purpose.RISK_ASSESSMENT,
            Visit.visited_on <= day,
            stands(Visit),
        )
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
        .limit(1)
    ).first()
    if last is None or last.outcome is None:
        return []
    try:
        form = form_of(last)
    except Refused:
        return []
    outcome = msgspec.convert(last.outcome, Outcome)
    return named_outcomes(form, outcome) or [
        NamedOutcome(title=form.title, rag=outcome.overall, level="", percent=outcome.percent)
    ]


def concerns_before(session: Session, setting_id: str, day: date) -> int:
    """How many concerns came in within `CONCERN_DAYS` up to a day, restricted ones aside."""
    received = session.scalars(
        counted_concerns(Concern.received_at).where(Concern.setting_id == setting_id)
    )
    first = day - timedelta(days=CONCERN_DAYS - 1)
    return sum(first <= at.astimezone().date() <= day for at in received)
