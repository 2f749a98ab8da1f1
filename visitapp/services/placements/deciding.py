"""A decision on placements, written within the transaction of whoever decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotAllowed, Refused
from visitapp.records import PlacementPosition
from visitapp.rules.access import AccessRequest
from visitapp.rules.choices import Position, PositionSource
from visitapp.rules.personal_text import personal_fault
from visitapp.rules.placement import PositionRow, Standing
from visitapp.rules.placement_decisions import (
    Decision,
    decider_refusal,
    decision_fault,
    hold_ends,
)
from visitapp.rules.policy.placements import PlacementRules
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts
from visitapp.services.permission import permit
from visitapp.services.placements.standing import position_of, rag_of
from visitapp.services.views.people import Person
from visitapp.standing.facts import people_around


class Asked(Struct, frozen=True, kw_only=True):
    """What somebody decides on placements. `review_on`: where it is left out, the latest day that
    the policy allows. `hold`: for as many working days as the policy gives a team lead."""

    position: str
    reason: str
    condition: str = ""
    source: str = PositionSource.RATING
    from_on: date | None = None
    review_on: date | None = None
    hold: bool = False
    cause_id: str | None = None


def decide_position(
    session: Session, desk: Desk, setting_id: str, asked: Asked
) -> PlacementPosition:
    """Decide the position of a setting in place of the one that stands, and of one that met it.

    Raises NotAllowed, or Refused(BAD_VALUE) for what a decision must say.
    """
    given = {"condition": asked.condition.strip(), "reason": asked.reason.strip()}
    check_texts(PlacementPosition, given)
    user, policy, today = desk.user(session), desk.policy(session), desk.today()
    fault = personal_fault(given["condition"], people_around(session, setting_id))
    if fault:
        raise Refused(Code.BAD_VALUE, fault, field="condition")
    stands, rules = position_of(session, setting_id), policy.placements
    decision = Decision(
        position=asked.position,
        **given,
        from_on=asked.from_on or today,
        review_on=asked.review_on or _latest_review(rules, asked.position, today),
        lapses_on=hold_ends(rules, today) if asked.hold else None,
        settles=bool(stands.others),
    )
    _require(user, decision, replaced_by(stands), rules, today)
    made = PlacementPosition(
        setting_id=setting_id,
        replaces_id=stands.row.id if stands.row else None,
        settles_id=stands.others[0].id if stands.others else None,
        position=Position(decision.position).value,
        **given,
        from_on=decision.from_on,
        source=PositionSource(asked.source).value,
        cause_id=asked.cause_id,
        interim=asked.hold,
        review_on=decision.review_on,
        lapses_on=decision.lapses_on,
        rag=rag_of(session, setting_id),
        policy_version=policy.version,
    )
    session.add(made)
    session.flush()
    return made


def _require(
    user: Person,
    decision: Decision,
    replaced: Sequence[PositionRow],
    rules: PlacementRules,
    today: date,
) -> None:
    permit(user, PlacementPosition, creating(user))
    why = decider_refusal(user.role, decision, replaced, rules)
    if why:
        raise NotAllowed(why)
    fault = decision_fault(decision, today, rules)
    if fault:
        raise Refused(Code.BAD_VALUE, fault)


def replaced_by(stands: Standing) -> list[PositionRow]:
    """What a decision now replaces: the one that stands, and the first that met it."""
    return [row for row in (stands.row, *stands.others[:1]) if row is not None]


def creating(user: Person) -> AccessRequest:
    """The request of a user who makes a decision."""
    return AccessRequest(creating=True, fields=frozenset(), created_by=user.id)


def _latest_review(rules: PlacementRules, position: str, today: date) -> date | None:
    return None if position == Position.OPEN else today + timedelta(days=rules.review_days)
