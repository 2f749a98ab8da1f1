"""Placement exceptions: ask for one, put its risk assessment on record, decide, use it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import ExceptionStatus, PlacementException, Position, Setting
from visitapp.rules.access import AccessRequest
from visitapp.rules.authority.exception_life import (
    BANNED,
    DECIDERS,
    EXCEPTION,
    OPEN_EXCEPTIONS,
    PlacementRisk,
    assessment_fault,
    outside_fault,
    validity_fault,
)
from visitapp.rules.personal_text import exception_text_fault
from visitapp.rules.policy.authority import is_left_to
from visitapp.services.context import Desk
from visitapp.services.exceptions.queries import exception_views
from visitapp.services.lookup import check_texts, find
from visitapp.services.permission import actor_of, objection, permit
from visitapp.services.placements.standing import position_of
from visitapp.services.views.decided.exceptions import ExceptionView
from visitapp.services.views.people import Person
from visitapp.standing.indicators.enforcement import admissions_stopped
from visitapp.standing.steps import new_step

WRITERS = PlacementException.__kind__.writers


class Exceptions:
    """What a person can do with placement exceptions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(
        self,
        setting_id: str,
        person: str,
        why: str,
        *,
        needed_by: date | None = None,
        assessment: PlacementRisk | None = None,
    ) -> ExceptionView:
        """Ask for one person's placement in a setting that is closed to new ones.

        `person`: a code. Raises NotFound, NotAllowed, or Refused(BAD_VALUE).
        """
        person, why = person.strip(), why.strip()
        check_texts(PlacementException, {"person": person})
        if not why:
            what = message("Say why this placement is exceptional.")
            raise Refused(Code.BAD_VALUE, what, field="why")
        check_texts(PlacementException, {"why": why})
        if needed_by is not None and needed_by < self._desk.today():
            what = message("The day on which this placement is needed has passed.")
            raise Refused(Code.BAD_VALUE, what, field="needed_by")
        with self._desk.transaction(also=WRITERS) as session:
            setting = find(session, Setting, setting_id)
            user = self._desk.user(session)
            permit(user, PlacementException, _request(user.id, "", creating=True))
            _require_closed(session, setting)
            asked = PlacementException(
                setting_id=setting.id, person=person, why=why, needed_by=needed_by
            )
            session.add(asked)
            session.flush()
            if assessment is not None:
                self._assess(session, asked, assessment)
            return _view(session, asked)

    def assess(self, exception_id: str, assessment: PlacementRisk) -> ExceptionView:
        """Put the risk assessment on record; the latest counts. Raises NotFound, NotAllowed,
        Refused."""
        with self._desk.transaction(also=WRITERS) as session:
            asked = find(session, PlacementException, exception_id)
            self._assess(session, asked, assessment)
            return _view(session, asked)

    def authorise(
        self, exception_id: str, valid_to: date, reason: str, conditions: str = ""
    ) -> ExceptionView:
        """Authorise the placement of this one person, up to a day.

        It rests on the risk assessment that is on record here. Raises NotFound, NotAllowed,
        Refused.
        """
        with self._desk.transaction(also=WRITERS) as session:
            asked = find(session, PlacementException, exception_id)
            policy = self._desk.policy(session)
            if admissions_stopped(session, asked.setting_id, self._desk.today()):
                raise Refused(Code.STEP_REFUSED, BANNED)
            fault = validity_fault(valid_to, self._desk.today(), policy.placements.exception_days)
            if fault:
                raise Refused(Code.BAD_VALUE, fault)
            check_texts(PlacementException, {"conditions": conditions})
            fields: dict[str, Any] = {
                "assessed_at": asked.assessed_at,
                "valid_to": valid_to,
                "conditions": conditions.strip(),
                "policy_version": policy.version,
            }
            given = {name: value for name, value in fields.items() if value is not None}
            return self._step(session, asked, ExceptionStatus.AUTHORISED, reason, fields=given)

    def refuse(self, exception_id: str, reason: str) -> ExceptionView:
        """Refuse the placement. Raises NotFound, NotAllowed, Refused."""
        with self._desk.transaction(also=WRITERS) as session:
            asked = find(session, PlacementException, exception_id)
            return self._step(session, asked, ExceptionStatus.REFUSED, reason)

    def withdraw(self, exception_id: str, reason: str) -> ExceptionView:
        """Make void what was asked by mistake, or what a manager authorised and takes back. Raises
        NotFound, NotAllowed, Refused."""
        with self._desk.transaction(also=WRITERS) as session:
            asked = find(session, PlacementException, exception_id)
            return self._step(session, asked, ExceptionStatus.VOID, reason)

    def use(self, exception_id: str, placed_on: date, reason: str = "") -> ExceptionView:
        """Record that the person was placed. One that is void or expired takes a reason, and so
        does another day than those of the authority: the placement was made all the same.

        Raises NotFound, NotAllowed, Refused.
        """
        if placed_on > self._desk.today():
            raise Refused(Code.BAD_VALUE, message("A placement is recorded once it was made."))
        with self._desk.transaction(also=WRITERS) as session:
            asked = find(session, PlacementException, exception_id)
            fault = outside_fault(_authority(asked), placed_on, reason)
            if fault:
                raise Refused(Code.STEP_REFUSED, fault)
            return self._step(session, asked, ExceptionStatus.USED, reason, day=placed_on)

    def view(self, exception_id: str) -> ExceptionView:
        """One exception. Raises NotFound."""
        with self._desk.reading() as session:
            return _view(session, find(session, PlacementException, exception_id))

    def next_states(self, status: str) -> frozenset[str]:
        """The states that this person may bring an exception to from this one."""
        user = self._user()
        rules = (r for r in EXCEPTION.rules if r.before == status and user.role in r.roles)
        return frozenset(
            rule.after
            for rule in rules
            if is_left_to(user.limits, "placement_exception", rule.after, user.role)
        )

    def may_ask(self, setting_id: str) -> bool:
        """Whether this person may ask for an exception in this setting."""
        user = self._user()
        request = _request(user.id, "", creating=True)
        if objection(user, PlacementException, request) is not None:
            return False
        with self._desk.reading() as session:
            return is_closed(session, setting_id)

    def list(
        self, setting_id: str | None = None, *, open_only: bool = False
    ) -> list[ExceptionView]:
        """The exceptions of a setting, or of all, the longest waiting first. `open_only`: those
        that are asked or authorised."""
        conditions = []
        if setting_id is not None:
            conditions.append(PlacementException.setting_id == setting_id)
        if open_only:
            conditions.append(PlacementException.status.in_(OPEN_EXCEPTIONS))
        with self._desk.reading() as session:
            return exception_views(session, *conditions)

    def _user(self) -> Person:
        with self._desk.reading() as session:
            return self._desk.user(session)

    def _assess(self, session: Session, asked: PlacementException, risk: PlacementRisk) -> None:
        assessment = msgspec.structs.asdict(risk)
        fault = assessment_fault(assessment)
        if fault:
            empty = next((part for part, text in assessment.items() if not text.strip()), "")
            raise Refused(Code.BAD_VALUE, fault, field=empty)
        fields = {"assessment": assessment}
        self._step(session, asked, ExceptionStatus.ASKED, "", fields=fields)

    def _step(
        self,
        session: Session,
        asked: PlacementException,
        after: ExceptionStatus,
        reason: str,
        *,
        day: date | None = None,
        fields: Mapping[str, Any] | None = None,
    ) -> ExceptionView:
        user = self._desk.user(session)
        permit(user, PlacementException, _request(asked.created_by, after))
        named = exception_text_fault(reason)
        if named:
            raise Refused(Code.BAD_VALUE, named, field="reason")
        session.add(
            new_step(
                asked,
                after,
                actor_of(user),
                self._desk.clock(),
                day=day or self._desk.today(),
                reason=reason,
                fields=fields,
            )
        )
        session.flush()
        return _view(session, asked)


def _authority(one: PlacementException) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("status", "decided_on", "valid_to")}


def may_decide(user: Person, asked_by: str) -> bool:
    """Whether a person may decide on an exception that another one asked for."""
    request = _request(asked_by, ExceptionStatus.AUTHORISED)
    return user.role in DECIDERS and objection(user, PlacementException, request) is None


def _request(asked_by: str, after: str, *, creating: bool = False) -> AccessRequest:
    return AccessRequest(
        creating=creating, fields=frozenset({"status"}), created_by=asked_by, status=after
    )


def _view(session: Session, asked: PlacementException) -> ExceptionView:
    return exception_views(session, PlacementException.id == asked.id)[0]


def _require_closed(session: Session, setting: Setting) -> None:
    """Refuse to ask where nothing stands in the way of a placement."""
    if not is_closed(session, setting.id):
        raise Refused(
            Code.BAD_VALUE,
            message(
                "{setting} is not closed to new placements, so no exception is needed.",
                setting=setting.name,
            ),
        )


def is_closed(session: Session, setting_id: str) -> bool:
    """Whether a setting takes no new placements."""
    return position_of(session, setting_id).position == Position.CLOSED
