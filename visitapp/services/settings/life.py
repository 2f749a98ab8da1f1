"""Closing, reopening and merging settings, and what is left open at closed ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.records import (
    FROZEN,
    Action,
    ActionStatus,
    Answer,
    ImprovementPlan,
    PlanStatus,
    Setting,
    Step,
    Visit,
    VisitStatus,
)
from visitapp.rules.access import AccessRequest
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.rules.market.setting_life import not_merged_into
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.plans.states import OPEN_PLAN_STATUSES
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution
from visitapp.services.lookup import find
from visitapp.services.permission import actor_of, holding, permit
from visitapp.services.settings.portfolio_query import rows_by_setting
from visitapp.services.views.settings import OpenWork, PortfolioRow, WorkAtClosed
from visitapp.services.visits.discard import discard
from visitapp.standing.steps import new_step
from visitapp.vocabulary import visit_word

Open = Literal["withdraw", "leave"]
"""What becomes of open visits and actions: withdrawn, or left to a team lead."""


class SettingLife:
    """What a team lead can do with the life of a setting."""

    def __init__(self, desk: Desk, contributions: Sequence[Contribution]) -> None:
        self._desk = desk
        self._contributions = contributions

    def open_work(self, setting_id: str) -> list[OpenWork]:
        """What is open at a setting, to be asked about before it closes. Raises NotFound."""
        with self._desk.reading() as session:
            return list(_open_work(session, find(session, Setting, setting_id).id))

    def close(self, setting_id: str, day: date, reason: str, open_work: Open) -> PortfolioRow:
        """Close a setting, and withdraw what is open there or leave it to a lead, all at once.

        Raises NotFound, NotAllowed, Refused STEP_REFUSED or BAD_VALUE; then nothing was changed.
        """
        return self._leave(setting_id, SettingStatus.CLOSED, day, reason, open_work, {})

    def merge(
        self, setting_id: str, into_id: str, day: date, reason: str, open_work: Open
    ) -> PortfolioRow:
        """Merge a setting into another one: it keeps its records, which the other one shows too.

        Raises NotFound, NotAllowed, Refused STEP_REFUSED or BAD_VALUE; then nothing was changed.
        """
        fields = {"merged_into_id": into_id}
        return self._leave(setting_id, SettingStatus.MERGED, day, reason, open_work, fields)

    def reopen(self, setting_id: str, reason: str) -> PortfolioRow:
        """Open a closed or merged setting again. Raises NotFound, NotAllowed, STEP_REFUSED."""
        with self._desk.transaction() as session:
            setting = find(session, Setting, setting_id)
            self._step(session, setting, SettingStatus.OPEN, reason, self._desk.today(), {})
            return self._row(session, setting.id)

    def at_closed(self) -> list[WorkAtClosed]:
        """What is open at closed and merged settings, and what came in after they closed, by
        setting."""
        with self._desk.reading() as session:
            closed = session.scalars(
                select(Setting)
                .where(Setting.status != SettingStatus.OPEN.value, Setting.deleted.is_(False))
                .order_by(Setting.name, Setting.id)
            ).all()
            return [one for setting in closed for one in _at_closed(session, setting)]

    def _leave(
        self,
        setting_id: str,
        after: str,
        day: date,
        reason: str,
        open_work: Open,
        fields: Mapping[str, Any],
    ) -> PortfolioRow:
        if day > self._desk.today():
            raise Refused(Code.BAD_VALUE, message("A setting closes on a day that has come."))
        with self._desk.transaction() as session:
            setting = find(session, Setting, setting_id)
            into_id = fields.get("merged_into_id")
            if into_id is not None:
                _require_merge(setting, find(session, Setting, into_id))
            self._step(session, setting, after, reason, day, fields)
            if open_work == "withdraw":
                self._withdraw(session, setting, reason)
            return self._row(session, setting.id)

    def _step(
        self,
        session: Session,
        setting: Setting,
        after: str,
        reason: str,
        day: date,
        fields: Mapping[str, Any],
    ) -> None:
        user = self._desk.user(session)
        request = AccessRequest(
            creating=False,
            fields=frozenset({"status"}),
            created_by=setting.created_by,
            holding=holding(setting),
            status=after,
        )
        step = new_step(
            setting,
            after,
            actor_of(user),
            self._desk.clock(),
            day=day,
            reason=reason,
            fields=fields,
        )
        permit(user, Setting, request)
        session.add(step)
        session.flush()

    def _withdraw(self, session: Session, setting: Setting, reason: str) -> None:
        """Discard drafts, withdraw actions and plans; a visit that was returned stays to be
        corrected."""
        actor, now, today = (
            actor_of(self._desk.user(session)),
            self._desk.clock(),
            self._desk.today(),
        )
        why = translate("{setting} closed: {reason}", setting=setting.name, reason=reason.strip())
        for visit in _open_visits(session, setting.id):
            if visit.status == VisitStatus.DRAFT:
                discard(visit, why)
        for action in _open_actions(session, setting.id):
            withdrawn = ActionStatus.WITHDRAWN
            session.add(new_step(action, withdrawn, actor, now, day=today, reason=why))
        for plan in _open_plans(session, setting.id):
            ended = PlanStatus.WITHDRAWN
            session.add(new_step(plan, ended, actor, now, day=today, reason=why))
        session.flush()

    def _row(self, session: Session, setting_id: str) -> PortfolioRow:
        return rows_by_setting(session, self._desk, self._contributions)[setting_id]


def _require_merge(setting: Setting, into: Setting) -> None:
    if into.id == setting.id or into.status == SettingStatus.MERGED:
        raise Refused(Code.STEP_REFUSED, not_merged_into())


def _open_visits(session: Session, setting_id: str) -> Sequence[Visit]:
    """The visits and risk assessments of a setting that are not signed off."""
    found = select(Visit).where(
        Visit.setting_id == setting_id, Visit.deleted.is_(False), Visit.status.not_in(FROZEN)
    )
    return session.scalars(found.order_by(Visit.visited_on, Visit.id)).all()


def _open_actions(session: Session, setting_id: str) -> Sequence[Action]:
    """The actions of a setting that are still to be done or verified."""
    unverified = (*OPEN_STATUSES, ActionStatus.DONE)
    found = select(Action).where(
        Action.setting_id == setting_id, Action.deleted.is_(False), Action.status.in_(unverified)
    )
    return session.scalars(found.order_by(Action.due_on, Action.id)).all()


def _open_plans(session: Session, setting_id: str) -> Sequence[ImprovementPlan]:
    return session.scalars(
        select(ImprovementPlan)
        .where(
            ImprovementPlan.setting_id == setting_id,
            ImprovementPlan.deleted.is_(False),
            ImprovementPlan.status.in_(OPEN_PLAN_STATUSES),
        )
        .order_by(ImprovementPlan.id)
    ).all()


def _open_work(session: Session, setting_id: str) -> Iterator[OpenWork]:
    for visit in _open_visits(session, setting_id):
        answers = session.scalar(
            select(func.count())
            .select_from(Answer)
            .where(Answer.visit_id == visit.id, Answer.deleted.is_(False))
        )
        yield OpenWork(
            id=visit.id,
            kind=Visit.__tablename__,
            title=_visit_title(visit),
            answers=answers or 0,
            can_withdraw=visit.status == VisitStatus.DRAFT,
        )
    for action in _open_actions(session, setting_id):
        yield OpenWork(id=action.id, kind=Action.__tablename__, title=action.title)
    for plan in _open_plans(session, setting_id):
        yield OpenWork(id=plan.id, kind=ImprovementPlan.__tablename__, title=plan.goal)


def _visit_title(visit: Visit) -> str:
    return translate(
        "{visit} of {day}", visit=visit_word(visit.purpose), day=short_day(visit.visited_on)
    )


def _at_closed(session: Session, setting: Setting) -> Iterator[WorkAtClosed]:
    """Open work, and visits and actions that are newer than the step that closed the setting."""
    closed_at = session.scalar(
        select(func.max(Step.created_at)).where(
            Step.kind == Setting.__tablename__,
            Step.record_id == setting.id,
            Step.accepted,
            Step.after != SettingStatus.OPEN.value,
        )
    )
    open_ids = {one.id for one in _open_visits(session, setting.id)}
    open_ids |= {one.id for one in _open_actions(session, setting.id)}
    records: list[Visit | Action] = [*_every(session, Visit, setting.id)]
    records += _every(session, Action, setting.id)
    for record in records:
        late = closed_at is not None and _latest(record) > closed_at
        if late or record.id in open_ids:
            yield WorkAtClosed(
                setting_id=setting.id,
                setting=setting.name,
                closed_on=setting.closed_on,
                kind=record.__tablename__,
                record_id=record.id,
                title=_visit_title(record) if isinstance(record, Visit) else record.title,
                status=record.status,
                came_late=late,
            )
    for plan in _open_plans(session, setting.id):
        yield WorkAtClosed(
            setting_id=setting.id,
            setting=setting.name,
            closed_on=setting.closed_on,
            kind=ImprovementPlan.__tablename__,
            record_id=plan.id,
            title=plan.goal,
            status=plan.status,
            came_late=closed_at is not None and plan.created_at > closed_at,
        )


Work = TypeVar("Work", Visit, Action)


def _every(session: Session, kind: type[Work], setting_id: str) -> Sequence[Work]:
    found = select(kind).where(kind.setting_id == setting_id, kind.deleted.is_(False))
    return session.scalars(found.order_by(kind.created_at, kind.id)).all()


def _latest(record: Visit | Action) -> datetime:
    """When a record was made or, of a visit, signed off."""
    signed = record.signed_off_at if isinstance(record, Visit) else None
    return max(record.created_at, signed or record.created_at)
