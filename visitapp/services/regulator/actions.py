"""Regulators' actions: record one, say when it ended, list them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import RegulatorAction, Setting
from visitapp.rules.access import AccessRequest
from visitapp.rules.choices import STOPS_ADMISSIONS, Enforcement
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts, find
from visitapp.services.permission import permit
from visitapp.services.views.regulator import RegulatorActionView


class RegulatorActions:
    """What a person can do with regulators' actions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self,
        setting_id: str,
        kind: str,
        *,
        from_on: date | None = None,
        to_on: date | None = None,
        conditions: str = "",
        source: str = "",
    ) -> RegulatorActionView:
        """Record what a regulator did. Raises NotFound, NotAllowed, or Refused(BAD_VALUE) for a
        last day before the first one."""
        texts = {"conditions": conditions.strip(), "source": source.strip()}
        check_texts(RegulatorAction, texts)
        with self._desk.transaction() as session:
            setting, user = find(session, Setting, setting_id), self._desk.user(session)
            making = AccessRequest(creating=True, fields=frozenset(), created_by=user.id)
            permit(user, RegulatorAction, making)
            action = RegulatorAction(
                setting_id=setting.id,
                kind=Enforcement(kind).value,
                from_on=from_on or self._desk.today(),
                to_on=to_on,
                **texts,
            )
            _require_order(action)
            session.add(action)
            session.flush()
            return _view(action, self._desk.today())

    def end(self, action_id: str, to_on: date | None = None) -> RegulatorActionView:
        """Say on which day an action was last in force. Raises NotFound, Refused(BAD_VALUE)."""
        with self._desk.transaction() as session:
            action = find(session, RegulatorAction, action_id)
            action.to_on = to_on or self._desk.today()
            _require_order(action)
            session.flush()
            return _view(action, self._desk.today())

    def list(self, setting_id: str) -> list[RegulatorActionView]:
        """The actions at a setting, the newest first. Raises NotFound."""
        with self._desk.reading() as session:
            find(session, Setting, setting_id)
            rows = session.scalars(
                select(RegulatorAction)
                .where(RegulatorAction.setting_id == setting_id, RegulatorAction.deleted.is_(False))
                .order_by(RegulatorAction.from_on.desc(), RegulatorAction.id)
            )
            return [_view(row, self._desk.today()) for row in rows]


def _require_order(action: RegulatorAction) -> None:
    if action.to_on is not None and action.to_on < action.from_on:
        raise Refused(
            Code.BAD_VALUE, message("The last day of an action cannot be before its first day.")
        )


def _view(action: RegulatorAction, today: date) -> RegulatorActionView:
    return RegulatorActionView(
        id=action.id,
        setting_id=action.setting_id,
        kind=action.kind,
        from_on=action.from_on,
        to_on=action.to_on,
        conditions=action.conditions,
        source=action.source,
        in_force=action.from_on <= today and (action.to_on is None or action.to_on >= today),
        stops_admissions=action.kind in STOPS_ADMISSIONS,
    )
