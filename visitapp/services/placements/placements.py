"""Placement positions: what stands for a setting, what waits for a decision, and deciding."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import PlacementPosition, Setting
from visitapp.rules.choices import Position, PositionSource
from visitapp.rules.placement import Standing
from visitapp.rules.placement_decisions import Decision, decider_refusal
from visitapp.services.context import Desk
from visitapp.services.lookup import find, titles
from visitapp.services.permission import objection
from visitapp.services.placements.deciding import Asked, creating, decide_position, replaced_by
from visitapp.services.placements.own_rows import refused_positions
from visitapp.services.placements.standing import position_of, shown_position
from visitapp.services.placements.waiting import waiting_positions
from visitapp.services.views.decided.placements import DecisionView, PlacementView, WaitingDecision
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
        with self._desk.transaction(also=PlacementPosition.__kind__.writers) as session:
            setting = find(session, Setting, setting_id)
            asked = Asked(
                position=position,
                reason=reason,
                condition=condition,
                source=source,
                from_on=from_on,
                review_on=review_on,
                hold=hold,
                cause_id=cause_id,
            )
            decide_position(session, self._desk, setting.id, asked)
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
            may_decide=str(objection(user, PlacementPosition, creating(user)) or ""),
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
        objection(user, PlacementPosition, creating(user))
        or decider_refusal(user.role, decision, replaced_by(stands), rules)
        or ""
    )


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
