"""The rating rows that this device writes for itself, until the server's replace them.

They are not captured: nothing of them is sent, because the server works out the same rows from the
sign-off and the review. A row of this device has revision 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, not_, or_, select, union
from sqlalchemy.orm import Session

from forms.model import Form
from visitapp.records import (
    Outbox,
    OutcomeOverride,
    OverrideStatus,
    Rating,
    SignificantEvent,
    Step,
    Visit,
    VisitStatus,
)
from visitapp.records.codec import columns
from visitapp.rules.authority.override_life import is_worse
from visitapp.rules.policy.model import Policy
from visitapp.rules.ratings import RatingBasis
from visitapp.services.placements.own_rows import forget_unconfirmed_positions, write_rating
from visitapp.standing.override_ratings import override_ratings
from visitapp.standing.ratings import rating_rows
from visitapp.standing.visit_ratings import (
    rated_by,
    rated_subject,
    rating_basis,
    rating_id_at,
    review_rating,
    sign_off_rating,
)


def rate_sign_off(session: Session, visit: Visit, form: Form, policy: Policy) -> None:
    """Write the rating of a visit that was just signed off, when it has one."""
    values = _fields(visit)
    subject = rated_by(values, form)
    if subject is None:
        return
    rows = rating_rows(session, subject.kind, subject.id)
    made = sign_off_rating(values, subject, rows, policy)
    if made is not None and visit.signed_off_at is not None:
        write_rating(session, made, policy, by=visit.signed_off_by or "", at=visit.signed_off_at)


def basis_of(session: Session, visit: Visit, form: Form, policy: Policy) -> RatingBasis | None:
    """What decides when the rating of a visit stands; None when it sets none."""
    values = _fields(visit)
    subject = rated_by(values, form)
    if subject is None or not subject.sets_rating:
        return None
    return rating_basis(values, rating_rows(session, subject.kind, subject.id), policy)


def rate_review(session: Session, visit: Visit, policy: Policy, user_id: str, at: datetime) -> None:
    """Write the rating of a visit that was just approved or returned, when that changes it."""
    own = {row.id: _fields(row) for row in _of_visit(session, visit.id)}
    if not own:
        return
    rows = rating_rows(session, *rated_subject(next(iter(own.values()))))
    made = review_rating(_fields(visit), rows, own, at=at, policy=policy)
    if made is not None:
        write_rating(session, made, policy, by=user_id, at=at)


def rate_override(
    session: Session,
    visit: Visit,
    override: OutcomeOverride,
    form: Form,
    policy: Policy,
    user_id: str,
    at: datetime,
) -> None:
    """Write the ratings that follow from an override that was just asked for or decided."""
    _rate_override(session, visit, _fields(override), form, policy, user_id, at)


def end_overrides(
    session: Session,
    visit: Visit,
    form_of: Callable[[Visit], Form],
    policy: Policy,
    user_id: str,
    at: datetime,
) -> None:
    """Put the rating of a visit that is about to be returned back to its outcome, where an agreed
    override made it better. The server withdraws the override itself."""
    agreed = session.scalars(
        select(OutcomeOverride).where(
            OutcomeOverride.visit_id == visit.id,
            OutcomeOverride.signed_off_at == visit.signed_off_at,
            OutcomeOverride.status == OverrideStatus.AGREED,
        )
    )
    for override in agreed:
        if not is_worse(override.rag, override.outcome_rag):
            ended = {**_fields(override), "status": OverrideStatus.WITHDRAWN}
            _rate_override(session, visit, ended, form_of(visit), policy, user_id, at)


def _rate_override(
    session: Session,
    visit: Visit,
    override: Mapping[str, Any],
    form: Form,
    policy: Policy,
    user_id: str,
    at: datetime,
) -> None:
    values = _fields(visit)
    subject = rated_by(values, form)
    if subject is None:
        return
    rows = rating_rows(session, subject.kind, subject.id)
    for made in override_ratings(values, override, subject, rows, at=at, policy=policy):
        write_rating(session, made, policy, by=user_id, at=at)


def forget_own_ratings(session: Session, visit_id: str) -> None:
    """Remove the rows of a visit that the server has not replaced."""
    session.connection().execute(
        delete(Rating).where(Rating.visit_id == visit_id, Rating.revision == 0)
    )
    forget_unconfirmed_positions(session.connection())


def forget_approval_rating(session: Session, visit: Visit) -> None:
    """Remove the row that this device wrote when the visit was approved."""
    own = rating_id_at(_fields(visit), VisitStatus.APPROVED)
    session.connection().execute(delete(Rating).where(Rating.id == own, Rating.revision == 0))
    forget_unconfirmed_positions(session.connection())


def forget_unconfirmed_ratings(connection: Connection) -> None:
    """Remove the rows that the server did not confirm although nothing of their visit or event
    waits to be sent: it decided otherwise. To be called when a sync has brought everything."""
    reviewed = select(Step.record_id).where(Step.kind == Visit.__tablename__)
    decided = select(OutcomeOverride.visit_id).join(Step, Step.record_id == OutcomeOverride.id)
    asked = select(OutcomeOverride.visit_id).join(Outbox, Outbox.record_id == OutcomeOverride.id)
    steps = [one.join(Outbox, Outbox.record_id == Step.id) for one in (reviewed, decided)]
    events = select(Outbox.record_id).where(
        Outbox.kind == SignificantEvent.__tablename__, Outbox.refused_code.is_(None)
    )
    kept = or_(Rating.visit_id.in_(union(*steps, asked)), Rating.event_id.in_(events))
    connection.execute(delete(Rating).where(Rating.revision == 0, not_(func.coalesce(kept, False))))
    forget_unconfirmed_positions(connection)


def _of_visit(session: Session, visit_id: str) -> list[Rating]:
    return list(session.scalars(select(Rating).where(Rating.visit_id == visit_id)))


def _fields(record: Visit | Rating | OutcomeOverride) -> dict[str, Any]:
    return {"id": record.id, **{name: getattr(record, name) for name in columns(type(record))}}
