"""The rating row that follows from a sign-off or from a review, as the server and the device that
signs off or reviews both work it out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from forms.model import Form
from visitapp.records import ASSESSMENTS, Rag, VisitStatus
from visitapp.records.codec import moment_to_wire
from visitapp.records.ids import rating_id
from visitapp.rules.choices import FROZEN, RatingCause, RatingKind, RatingState
from visitapp.rules.policy.model import Policy
from visitapp.rules.ratings import (
    EFFECTIVE,
    STANDING,
    RatingBasis,
    RatingRow,
    at_approval,
    at_return,
    at_sign_off,
    standing,
)
from visitapp.standing.ratings import latest_of_visit, standing_on


class RatingSubject(NamedTuple):
    """What a visit rates: a setting's quality or a contract, and whether its form may set it."""

    kind: RatingKind
    id: str
    sets_rating: bool


def rated_by(visit: Mapping[str, Any], form: Form) -> RatingSubject | None:
    """What a visit (its fields by name) on `form` rates; None for an assessment.

    A form that was built for an intervention verifies actions: it proposes, and sets nothing.
    """
    if form.kind != "visit" or visit["purpose"] in ASSESSMENTS:
        return None
    sets = "none" if visit["form_text"] is not None else form.sets_rating
    if sets == RatingKind.CONTRACT:
        if visit["contract_id"] is None:
            return None
        return RatingSubject(RatingKind.CONTRACT, visit["contract_id"], sets_rating=True)
    return RatingSubject(RatingKind.QUALITY, visit["setting_id"], sets == RatingKind.QUALITY)


def rated_subject(rating: Mapping[str, Any]) -> tuple[RatingKind, str]:
    """What a rating row (its fields by name) is about: the kind, and the setting's or contract's
    id."""
    kind = RatingKind(rating["kind"])
    return kind, rating["setting_id" if kind == RatingKind.QUALITY else "contract_id"]


def sign_off_rating(
    visit: Mapping[str, Any], subject: RatingSubject, rows: list[RatingRow], policy: Policy
) -> dict[str, Any] | None:
    """The fields of the row for a signed-off visit, with its `id`; None for no row.

    `rows`: those of the subject.
    """
    outcome = visit["outcome"]
    if outcome["overall"] == Rag.UNRATED:
        return None
    current = standing_on(rows, visit["visited_on"])
    state = at_sign_off(
        outcome["overall"],
        provisional=outcome["provisional"],
        sets_rating=subject.sets_rating,
        current=current.rag if current else None,
        rules=policy.ratings,
    )
    if state is None:
        return None
    because = outcome["because"]
    return {
        "id": rating_id_at(visit, VisitStatus.SIGNED_OFF),
        "setting_id": visit["setting_id"],
        "cause": RatingCause.VISIT.value,
        "visit_id": visit["id"],
        "event_id": None,
        "contract_id": subject.id if subject.kind == RatingKind.CONTRACT else None,
        "kind": subject.kind.value,
        "state": state.value,
        "visited_on": visit["visited_on"],
        "rag": outcome["overall"],
        "percent": outcome["percent"],
        "provisional": outcome["provisional"],
        "reason": because[0]["text"] if because else "",
        "since": visit["signed_off_at"],
        "policy_version": policy.version,
    }


def rating_basis(visit: Mapping[str, Any], rows: list[RatingRow], policy: Policy) -> RatingBasis:
    """What decides when the rating of a visit stands. `rows`: those of what it rates."""
    current = standing_on(rows, visit["visited_on"])
    own = latest_of_visit(rows, visit["id"]) if visit["status"] in FROZEN else None
    stands = standing(rows)
    return RatingBasis(
        current=current.rag if current else None,
        rules=policy.ratings,
        state=own.state if own else "",
        later=stands is not None and stands.visited_on > visit["visited_on"],
    )


def review_rating(
    visit: Mapping[str, Any],
    rows: list[RatingRow],
    source: Mapping[str, Mapping[str, Any]],
    *,
    at: datetime,
    policy: Policy,
) -> dict[str, Any] | None:
    """The fields of the row for a visit that was approved or returned, with its `id`; None when
    its rating stays as it is.

    `rows`: those of what it rates. `source`: the fields of the visit's own rows by their id.
    """
    found = _after_review(visit["id"], visit["status"], rows)
    if found is None:
        return None
    state, row = found
    changed = {
        "id": rating_id_at(visit, VisitStatus(visit["status"])),
        "state": state.value,
        "since": at,
        "policy_version": policy.version,
    }
    return {**source[row.id], **changed}


def _after_review(
    visit_id: str, status: str, rows: list[RatingRow]
) -> tuple[RatingState, RatingRow] | None:
    latest = latest_of_visit(rows, visit_id)
    if latest is None:
        return None
    if status == VisitStatus.APPROVED:
        state = at_approval(latest.state)
        return None if state is None else (state, latest)
    effective = latest_of_visit([row for row in rows if row.state in EFFECTIVE], visit_id)
    base = effective if effective is not None and effective.state in STANDING else latest
    without = standing(row for row in rows if row.cause_id != visit_id)
    state = at_return(base.state, base.rag, without=without.rag if without else None)
    return None if state is None else (state, base)


def rating_id_at(visit: Mapping[str, Any], status: VisitStatus) -> str:
    """The id of the row of a visit that came to this status: a sign-off is approved once at most,
    and returned once at most."""
    return rating_id(visit["id"], f"{status}/{moment_to_wire(visit['signed_off_at'])}")
