"""Lists of visits, and which visit came before which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias, TypeVar

from msgspec.structs import replace
from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, defer

from forms.model import Form
from visitapp.errors import Refused
from visitapp.records import (
    ASSESSMENTS,
    FROZEN,
    OutcomeOverride,
    OverrideStatus,
    Purpose,
    Rag,
    Setting,
    User,
    Visit,
)
from visitapp.services.views.visits import VisitSummary
from visitapp.services.visits.outcome_labels import level_label
from visitapp.standing.visits import is_visit, stands

FormOf: TypeAlias = Callable[[Visit], Form]
"""The form that a visit is pinned to; `Desk.form_of`."""

_T = TypeVar("_T")
_Column: TypeAlias = InstrumentedAttribute[_T] | _T


def visit_summaries(
    session: Session, form_of: FormOf, *conditions: ColumnElement[bool]
) -> list[VisitSummary]:
    """The visits that meet the conditions, newest first. An open visit is `unrated` here."""
    earlier = aliased(Visit)
    previous_rag = (
        select(earlier.outcome["overall"].as_string())
        .where(
            earlier.setting_id == Visit.setting_id,
            stands(earlier),
            _like(earlier),
            _before(earlier, Visit.visited_on, Visit.id),
        )
        .order_by(earlier.visited_on.desc(), earlier.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(Visit, Setting.name, User.title, User.name, previous_rag, *_override())
        .join(Setting, Setting.id == Visit.setting_id)
        .outerjoin(User, User.id == Visit.officer_id)
        .where(Visit.deleted.is_(False), *conditions)
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
        .options(defer(Visit.form_text))
    )
    return [
        replace(
            _summary(visit, form_of, setting, title or name or "", previous or Rag.UNRATED.value),
            override_rag=rag or "",
            override_agreed=status == OverrideStatus.AGREED,
        )
        for visit, setting, title, name, previous, rag, status in session.execute(query)
    ]


def _override() -> list[ScalarSelect[str]]:
    """The rating and the state of the override of the sign-off that stands, if there is one."""
    about = (
        OutcomeOverride.visit_id == Visit.id,
        OutcomeOverride.signed_off_at == Visit.signed_off_at,
        OutcomeOverride.status.in_((OverrideStatus.ASKED, OverrideStatus.AGREED)),
        OutcomeOverride.deleted.is_(False),
    )
    newest = OutcomeOverride.id.desc()
    return [
        select(column).where(*about).order_by(newest).limit(1).scalar_subquery()
        for column in (OutcomeOverride.rag, OutcomeOverride.status)
    ]


def earlier_visits(visit: Visit) -> Select[Visit]:
    """The signed-off visits of the same setting before this one, newest first.

    Before a risk assessment come the assessments by the same model.
    """
    if visit.purpose in ASSESSMENTS:
        alike = and_(Visit.purpose == visit.purpose, Visit.form_id == visit.form_id)
    else:
        alike = is_visit(Visit)
    return (
        select(Visit)
        .where(
            Visit.setting_id == visit.setting_id,
            stands(Visit),
            alike,
            _before(Visit, visit.visited_on, visit.id),
        )
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
    )


def _like(earlier: type[Visit]) -> ColumnElement[bool]:
    """A visit before a visit, or an assessment before one by the same model. A contract review
    rates something else than a visit, and is compared with contract reviews alone."""
    same = and_(earlier.purpose == Visit.purpose, earlier.form_id == Visit.form_id)
    reviews = [one.purpose == Purpose.CONTRACT_REVIEW for one in (earlier, Visit)]
    alike = or_(and_(*reviews), not_(or_(*reviews)))
    visits = and_(is_visit(Visit), is_visit(earlier), alike)
    return or_(visits, and_(not_(is_visit(Visit)), same))


def _before(
    earlier: type[Visit], visited_on: _Column[date], visit_id: _Column[str]
) -> ColumnElement[bool]:
    """Earlier by day; on one day, started earlier (ids sort by when they were made)."""
    same_day = and_(earlier.visited_on == visited_on, earlier.id < visit_id)
    return or_(earlier.visited_on < visited_on, same_day)


def level_of(visit: Visit, form_of: FormOf) -> str:
    """The label of the level a visit was signed off at; empty when it has none, or it is open."""
    level = visit.outcome.get("level", "") if visit.outcome and visit.status in FROZEN else ""
    if not level:
        return ""
    try:
        return level_label(form_of(visit), level)
    except Refused:
        return str(level).replace("_", " ").capitalize()


def _summary(
    visit: Visit, form_of: FormOf, setting: str, officer: str, previous_rag: str
) -> VisitSummary:
    signed = visit.outcome if visit.status in FROZEN else None
    return VisitSummary(
        id=visit.id,
        setting_id=visit.setting_id,
        setting=setting,
        form_id=visit.form_id,
        form_version=visit.form_version,
        purpose=visit.purpose,
        visited_on=visit.visited_on,
        status=visit.status,
        rag=signed["overall"] if signed else Rag.UNRATED.value,
        previous_rag=previous_rag,
        officer=officer,
        signed_off_at=visit.signed_off_at,
        level=level_of(visit, form_of),
        officer_id=visit.officer_id,
    )
