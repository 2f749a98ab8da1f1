"""Lists of placement exceptions."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from visitapp.records import ExceptionStatus, PlacementException, Setting, Step
from visitapp.rules.authority.exception_life import PlacementRisk, was_covered
from visitapp.services.lookup import titles
from visitapp.services.views.decided.exceptions import ExceptionView

_DECIDED = (ExceptionStatus.AUTHORISED, ExceptionStatus.REFUSED)
_ENDED = (ExceptionStatus.VOID, ExceptionStatus.EXPIRED)


def exception_views(session: Session, *conditions: ColumnElement[bool]) -> list[ExceptionView]:
    """The exceptions that meet the conditions, the longest waiting first."""
    found = session.execute(
        select(PlacementException, Setting.name)
        .join(Setting, Setting.id == PlacementException.setting_id)
        .where(PlacementException.deleted.is_(False), *conditions)
        .order_by(PlacementException.created_at, PlacementException.id)
    ).all()
    asked = [exception for exception, _ in found]
    people = ((one.created_by, one.assessed_by, one.decided_by) for one in asked)
    names = titles(session, [user_id for some in people for user_id in some])
    reasons = _reasons(session, [one.id for one in asked])
    authorised = _authorised(session, {one.setting_id for one in asked})
    return [
        ExceptionView(
            id=one.id,
            setting_id=one.setting_id,
            setting=setting,
            person=one.person,
            why=one.why,
            needed_by=one.needed_by,
            asked_by=names.get(one.created_by, ""),
            asked_at=one.created_at,
            status=one.status,
            assessment=_assessment(one),
            assessed_by=names.get(one.assessed_by or "", ""),
            assessed_at=one.assessed_at,
            decided_by=names.get(one.decided_by or "", ""),
            decided_on=one.decided_on,
            reason=_last(reasons.get(one.id, {}), _DECIDED),
            conditions=one.conditions or "",
            valid_to=one.valid_to,
            placed_on=one.placed_on,
            covered=_covered(one),
            ended_on=one.ended_on,
            ended_because=_last(reasons.get(one.id, {}), _ENDED),
            earlier=sum(
                other.setting_id == one.setting_id and other.created_at < one.created_at
                for other in authorised
            ),
        )
        for one, setting in found
    ]


def _assessment(one: PlacementException) -> PlacementRisk | None:
    return None if one.assessment is None else msgspec.convert(one.assessment, PlacementRisk)


def _covered(one: PlacementException) -> bool | None:
    if one.status != ExceptionStatus.USED:
        return None
    names = ("decided_on", "valid_to", "placed_on", "ended_on")
    return was_covered({name: getattr(one, name) for name in names})


def _reasons(session: Session, ids: list[str]) -> dict[str, dict[str, str]]:
    """By exception, the reason of the newest step to each state."""
    steps = session.execute(
        select(Step.record_id, Step.after, Step.reason)
        .where(
            Step.kind == PlacementException.__tablename__,
            Step.record_id.in_(ids),
            Step.accepted.is_(True),
            Step.deleted.is_(False),
        )
        .order_by(Step.created_at, Step.id)
    )
    found: dict[str, dict[str, str]] = {}
    for record_id, after, reason in steps:
        found.setdefault(record_id, {})[after] = reason
    return found


def _last(reasons: dict[str, str], states: tuple[ExceptionStatus, ...]) -> str:
    return next((reasons[state] for state in states if state in reasons), "")


def _authorised(session: Session, setting_ids: Iterable[str]) -> list[PlacementException]:
    """The exceptions of these settings that were ever authorised."""
    return list(
        session.scalars(
            select(PlacementException).where(
                PlacementException.setting_id.in_(set(setting_ids)),
                PlacementException.valid_to.is_not(None),
                PlacementException.deleted.is_(False),
            )
        )
    )
