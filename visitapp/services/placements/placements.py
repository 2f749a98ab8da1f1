"""Placement positions: what stands for a setting, what waits for a decision, and deciding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotAllowed, Refused
from visitapp.records import PlacementPosition, Setting
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
from visitapp.services.lookup import check_texts, find, titles
from visitapp.services.permission import objection, permit
from visitapp.services.placements.own_rows import refused_positions
from visitapp.services.placements.standing import position_of, rag_of, shown_position
from visitapp.services.placements.waiting import waiting_positions
from visitapp.services.views.decided.placements import DecisionView, PlacementView, WaitingDecision
from visitapp.services.views.people import Person
from visitapp.standing.facts import people_around
from visitapp.vocabulary import choice_word


class Placements:
    """What a person can do with placement positions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def view(self, setting_id: str) -> PlacementView:
        """The position of a setting and every decision on it, the newest first. Raises NotFound."""
        with self._desk.reading() as session:
            return self._view(session, find(session, Setting, setting_id))

    def waiting(self) -> list[WaitingDecision]:
        """Settings whose position waits for a decision, the longest first."""
        with self._desk.reading() as session:
            found = list(waiting_positions(session, self._desk.today()))
        found.sort(key=lambda one: (one.since is not None, one.since, one.setting))
        return [
            WaitingDecision(
                setting_id=one.setting_id,
                setting=one.setting,
                rag=one.rag,
                position=one.shown.position.value,
                position_word=choice_word(Position, one.shown.position),
                waits=tuple(map(str, one.shown.waits)),
                since=one.since.astimezone().date() if one.since else None,
            )
            for one in found
        ]

    def decide(
        self,
        setting_id: str,
        position: str,
        reason: str,
        *,
        condition: str = "",
        source: str = PositionSource.RATING,
        from_on: date | None = None,
        review_on: date | None = None,
        hold: bool = False,
        cause_id: str | None = None,
    ) -> PlacementView:
        """Decide the position of a setting in place of the one that stands, and of one that met it.

        `review_on`: where it is left out, the latest day that the policy allows. `hold`: close the
        setting for as many working days as the policy gives a team lead.

        Raises NotFound, NotAllowed, or Refused(BAD_VALUE) for what a decision must say.
        """
        given = {"condition": condition.strip(), "reason": reason.strip()}
        check_texts(PlacementPosition, given)
        with self._desk.transaction(also=PlacementPosition.__kind__.writers) as session:
            setting, user = find(session, Setting, setting_id), self._desk.user(session)
            policy, today = self._desk.policy(session), self._desk.today()
            fault = personal_fault(given["condition"], people_around(session, setting_id))
            if fault:
                raise Refused(Code.BAD_VALUE, fault, field="condition")
            stands = position_of(session, setting_id)
            decision = Decision(
                position=position,
                **given,
                from_on=from_on or today,
                review_on=review_on or _latest_review(policy.placements, position, today),
                lapses_on=hold_ends(policy.placements, today) if hold else None,
                settles=bool(stands.others),
            )
            _require(user, decision, _replaced(stands), policy.placements, today)
            session.add(
                PlacementPosition(
                    setting_id=setting.id,
                    replaces_id=stands.row.id if stands.row else None,
                    settles_id=stands.others[0].id if stands.others else None,
                    position=Position(decision.position).value,
                    **given,
                    from_on=decision.from_on,
                    source=PositionSource(source).value,
                    cause_id=cause_id,
                    interim=hold,
                    review_on=decision.review_on,
                    lapses_on=decision.lapses_on,
                    rag=rag_of(session, setting_id),
                    policy_version=policy.version,
                )
            )
            session.flush()
            return self._view(session, setting)

    def latest_review(self) -> date:
        """The latest review that a decision of today may have."""
        with self._desk.reading() as session:
            days = self._desk.policy(session).placements.review_days
        return self._desk.today() + timedelta(days=days)

    def objection(self, setting_id: str, position: str, *, hold: bool = False) -> str:
        """Why the user of this device may not decide a position so; empty when they may. Raises
        NotFound."""
        with self._desk.reading() as session:
            find(session, Setting, setting_id)
            return objection_to(session, self._desk, setting_id, position, hold=hold)

    def _view(self, session: Session, setting: Setting) -> PlacementView:
        stands = position_of(session, setting.id)
        rows = session.scalars(
            select(PlacementPosition)
            .where(PlacementPosition.setting_id == setting.id, PlacementPosition.deleted.is_(False))
            .where(PlacementPosition.id.not_in(refused_positions()))
            .order_by(PlacementPosition.created_at.desc(), PlacementPosition.id.desc())
        ).all()
        named = titles(session, [row.created_by for row in rows])
        views = {row.id: _decision_view(row, stands, named.get(row.created_by, "")) for row in rows}
        decision = views[stands.row.id] if stands.row else None
        user = self._desk.user(session)
        where = shown_position(session, setting.id, self._desk.today())
        return PlacementView(
            setting_id=setting.id,
            setting=setting.name,
            position=where.position.value,
            position_word=choice_word(Position, where.position),
            note=where.note,
            waits=tuple(map(str, where.waits)),
            decision=decision,
            decisions=tuple(views.values()),
            may_decide=str(objection(user, PlacementPosition, _creating(user)) or ""),
        )


def objection_to(
    session: Session, desk: Desk, setting_id: str, position: str, *, hold: bool = False
) -> str:
    """Why the user of this device may not decide a position so; empty when they may."""
    user, rules = desk.user(session), desk.policy(session).placements
    stands, today = position_of(session, setting_id), desk.today()
    decision = Decision(
        position=position,
        condition="",
        reason="",
        from_on=today,
        review_on=None,
        lapses_on=today if hold else None,
        settles=bool(stands.others),
    )
    return str(
        objection(user, PlacementPosition, _creating(user))
        or decider_refusal(user.role, decision, _replaced(stands), rules)
        or ""
    )


def _require(
    user: Person,
    decision: Decision,
    replaced: Sequence[PositionRow],
    rules: PlacementRules,
    today: date,
) -> None:
    permit(user, PlacementPosition, _creating(user))
    why = decider_refusal(user.role, decision, replaced, rules)
    if why:
        raise NotAllowed(why)
    fault = decision_fault(decision, today, rules)
    if fault:
        raise Refused(Code.BAD_VALUE, fault)


def _replaced(stands: Standing) -> list[PositionRow]:
    """What a decision now replaces: the one that stands, and the first that met it."""
    return [row for row in (stands.row, *stands.others[:1]) if row is not None]


def _creating(user: Person) -> AccessRequest:
    return AccessRequest(creating=True, fields=frozenset(), created_by=user.id)


def _latest_review(rules: PlacementRules, position: str, today: date) -> date | None:
    return None if position == Position.OPEN else today + timedelta(days=rules.review_days)


def _decision_view(row: PlacementPosition, stands: Standing, by: str) -> DecisionView:
    return DecisionView(
        id=row.id,
        position=row.position,
        condition=row.condition,
        from_on=row.from_on,
        reason=row.reason,
        source=row.source,
        interim=row.interim,
        review_on=row.review_on,
        lapses_on=row.lapses_on,
        rag=row.rag,
        policy_version=row.policy_version,
        decided_by=by,
        decided_at=row.created_at,
        stands=stands.row is not None and row.id == stands.row.id,
        met=any(row.id == other.id for other in stands.others),
    )
