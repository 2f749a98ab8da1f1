"""Closing, reopening and merging settings, and what is left open at closed ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import (
    Action,
    Concern,
    ImprovementPlan,
    Setting,
    Step,
    Visit,
)
from visitapp.rules.access import AccessRequest
from visitapp.rules.market.setting_life import not_merged_into
from visitapp.rules.market_choices import SettingStatus
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution
from visitapp.services.lookup import find
from visitapp.services.permission import actor_of, holding, permit
from visitapp.services.settings.open_work import (
    By,
    Fate,
    Open,
    open_actions,
    open_concerns,
    open_improvement_plans,
    open_visits,
    open_work_of,
    settle,
    visit_title,
)
from visitapp.services.settings.portfolio_query import row_of
from visitapp.services.views.settings import OpenWork, PortfolioRow, WorkAtClosed
from visitapp.standing.steps import new_step

Work = Visit | Action | ImprovementPlan | Concern


class SettingLife:
    """What a team lead can do with the life of a setting."""

    def __init__(self, desk: Desk, contributions: Sequence[Contribution]) -> None:
        self._desk = desk
        self._contributions = contributions

    def open_work(self, setting_id: str) -> list[OpenWork]:
        """What is open at a setting, to be asked about before it closes. Raises NotFound."""
        with self._desk.reading() as session:
            return list(open_work_of(session, find(session, Setting, setting_id).id))

    def close(
        self, setting_id: str, day: date, reason: str, open_work: Open, to_id: str | None = None
    ) -> PortfolioRow:
        """Close a setting, and withdraw what is open there, move it to the setting `to_id` or leave
        it to a lead, all at once.

        Raises NotFound, NotAllowed, Refused STEP_REFUSED or BAD_VALUE; then nothing was changed.
        """
        given = Fate(open_work, to_id)
        return self._leave(setting_id, SettingStatus.CLOSED, day, reason, given, {})

    def merge(
        self, setting_id: str, into_id: str, day: date, reason: str, open_work: Open
    ) -> PortfolioRow:
        """Merge a setting into another one: it keeps its records, which the other one shows too.
        What is moved goes to that one.

        Raises NotFound, NotAllowed, Refused STEP_REFUSED or BAD_VALUE; then nothing was changed.
        """
        fields = {"merged_into_id": into_id}
        given = Fate(open_work, into_id)
        return self._leave(setting_id, SettingStatus.MERGED, day, reason, given, fields)

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
        fate: Fate,
        fields: Mapping[str, Any],
    ) -> PortfolioRow:
        if day > self._desk.today():
            raise Refused(
                Code.BAD_VALUE, message("A setting closes on a day that has come."), field="day"
            )
        with self._desk.transaction() as session:
            setting = find(session, Setting, setting_id)
            into_id = fields.get("merged_into_id")
            if into_id is not None:
                _require_merge(setting, find(session, Setting, into_id))
            self._step(session, setting, after, reason, day, fields)
            actor = actor_of(self._desk.user(session))
            settle(
                session, setting, fate, By(actor, self._desk.clock(), self._desk.today(), reason)
            )
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

    def _row(self, session: Session, setting_id: str) -> PortfolioRow:
        return row_of(session, self._desk, self._contributions, setting_id)


def _require_merge(setting: Setting, into: Setting) -> None:
    if into.id == setting.id or into.status == SettingStatus.MERGED:
        raise Refused(Code.STEP_REFUSED, not_merged_into())


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
    open_ids = {one.id for one in open_visits(session, setting.id)}
    open_ids |= {one.id for one in open_actions(session, setting.id)}
    records: list[Visit | Action] = [*_every(session, Visit, setting.id)]
    records += _every(session, Action, setting.id)
    left: list[Work] = [*open_improvement_plans(session, setting.id)]
    left += open_concerns(session, setting.id)
    for record in (*records, *left):
        late = closed_at is not None and _latest(record) > closed_at
        if late or record.id in open_ids or record in left:
            yield WorkAtClosed(
                setting_id=setting.id,
                setting=setting.name,
                closed_on=setting.closed_on,
                kind=record.__tablename__,
                record_id=record.id,
                title=_title(record),
                status=record.status,
                came_late=late,
            )


def _title(record: Work) -> str:
    if isinstance(record, Visit):
        return visit_title(record)
    return record.goal if isinstance(record, ImprovementPlan) else record.title


Kept = TypeVar("Kept", Visit, Action)


def _every(session: Session, kind: type[Kept], setting_id: str) -> Sequence[Kept]:
    found = select(kind).where(kind.setting_id == setting_id, kind.deleted.is_(False))
    return session.scalars(found.order_by(kind.created_at, kind.id)).all()


def _latest(record: Work) -> datetime:
    """When a record was made or, of a visit, signed off."""
    signed = record.signed_off_at if isinstance(record, Visit) else None
    return max(record.created_at, signed or record.created_at)
