"""Concerns: log one, note what happens, take it through its steps, list them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Concern, ConcernUpdate, Setting, User, Visit
from visitapp.rules.access import AccessRequest
from visitapp.rules.concerns.concern_life import CONCERN, close_fault
from visitapp.rules.concerns.restriction import always_restricted, audience
from visitapp.rules.concerns.states import ConcernStatus, Severity, UpdateKind
from visitapp.rules.concerns.themes import themes_text
from visitapp.services.concerns.checks import (
    chosen,
    logged_fields,
    require_happened,
    require_themes,
)
from visitapp.services.concerns.queries import concern_rows, concern_view
from visitapp.services.concerns.steps import take_step
from visitapp.services.concerns.views import (
    ConcernFilter,
    ConcernRow,
    ConcernView,
    NewConcern,
)
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts, find, find_open_visit
from visitapp.services.permission import change, permit


class Concerns:
    """What a person can do with concerns."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def log(self, new: NewConcern) -> ConcernView:
        """Log a concern. Raises NotFound, NotAllowed, or Refused(BAD_VALUE)."""
        with self._desk.transaction() as session:
            return self._view(session, self.add(session, new))

    def add(self, session: Session, new: NewConcern) -> Concern:
        """Keep a concern in the session's transaction. Raises NotFound, NotAllowed, Refused."""
        user, policy = self._desk.user(session), self._desk.policy(session)
        making = AccessRequest(creating=True, fields=frozenset(), created_by=user.id)
        permit(user, Concern, making)
        find(session, Setting, new.setting_id)
        if new.visit_id is not None:
            find_open_visit(session, new.visit_id)
        restricted = new.restricted or always_restricted(policy.concerns, new.kind)
        concern = Concern(
            **logged_fields(new, policy, self._desk.clock()),
            setting_id=new.setting_id,
            visit_id=new.visit_id,
            question=new.question,
            starts_restricted=restricted,
            restricted_to=audience(policy.concerns, new.kind) if restricted else None,
        )
        session.add(concern)
        session.flush()
        return concern

    def edit(self, concern_id: str, **fields: Any) -> ConcernView:
        """Correct what was logged: title, text, severity, themes (ids), person, happened_on.

        Raises NotFound, NotAllowed, or Refused(BAD_VALUE).
        """
        with self._desk.transaction() as session:
            concern = find(session, Concern, concern_id)
            if "themes" in fields:
                require_themes(self._desk.policy(session), fields["themes"])
                fields["themes"] = themes_text(fields["themes"])
            if "severity" in fields:
                fields["severity"] = chosen(Severity, fields["severity"])
            if "happened_on" in fields:
                require_happened(fields["happened_on"], self._desk.clock())
            if "person" in fields:
                fields["person"] = fields["person"].strip() or None
            texts = {n: v for n, v in fields.items() if isinstance(v, str) and n != "severity"}
            check_texts(Concern, texts)
            change(self._desk, session, concern, fields)
            return self._view(session, concern)

    def update(self, concern_id: str, text: str, told: str = "") -> ConcernView:
        """Note something, or with `told` who was told. It cannot be changed afterwards.

        Raises NotFound, NotAllowed, or Refused(BAD_VALUE).
        """
        text, told = text.strip(), told.strip()
        check_texts(ConcernUpdate, {"text": text, "told": told})
        with self._desk.transaction() as session:
            concern = find(session, Concern, concern_id)
            session.add(
                ConcernUpdate(
                    setting_id=concern.setting_id,
                    concern_id=concern.id,
                    kind=(UpdateKind.TOLD if told else UpdateKind.NOTE).value,
                    text=text,
                    told=told,
                )
            )
            session.flush()
            return self._view(session, concern)

    def report(
        self,
        concern_id: str,
        stage: str,
        day: date | None = None,
        *,
        reason: str = "",
        **found: str,
    ) -> ConcernView:
        """Say that a stage was reached, such as acknowledged or investigated. `found`: harm,
        causes, investigator, learned, checked_visit_id. Raises NotFound, NotAllowed, Refused."""
        fields = {"stage": stage, **{name: value for name, value in found.items() if value}}
        return self._stay(concern_id, fields, day, reason)

    def record_findings(self, concern_id: str, **found: str) -> ConcernView:
        """Record harm, causes, investigator or learned. Raises NotFound, NotAllowed, Refused."""
        return self._stay(concern_id, {name: value for name, value in found.items() if value})

    def restrict(self, concern_id: str, reason: str = "") -> ConcernView:
        """Restrict a concern to those who made and handle it, and the roles of the policy, until a
        team lead lifts it. Raises NotFound, NotAllowed, Refused."""
        with self._desk.transaction() as session:
            concern = find(session, Concern, concern_id)
            if concern.restricted_to is not None:
                raise Refused(Code.STEP_REFUSED, message("This concern is already restricted."))
            roles = audience(self._desk.policy(session).concerns, concern.kind)
            fields = {"restricted_to": roles}
            return self._step(session, concern, concern.status, reason, fields=fields)

    def hand_to(self, concern_id: str, user: str) -> ConcernView:
        """Say who handles a concern: an id or a sign-in name. Raises NotFound, NotAllowed."""
        with self._desk.transaction() as session:
            concern = find(session, Concern, concern_id)
            found = session.get(User, user) or session.query(User).filter_by(name=user).first()
            if found is None or not found.active:
                raise NotFound(message("There is no user “{name}”.", name=user))
            fields = {"handler_id": found.id}
            return self._step(session, concern, concern.status, fields=fields)

    def ask_provider(
        self, concern_id: str, day: date | None = None, reason: str = ""
    ) -> ConcernView:
        """Record that the provider was asked. Raises NotFound, NotAllowed, Refused."""
        return self._move(concern_id, ConcernStatus.ASKED, day, reason)

    def record_reply(self, concern_id: str, reply: str, day: date | None = None) -> ConcernView:
        """Record what the provider says. Raises NotFound, NotAllowed, Refused."""
        return self._move(concern_id, ConcernStatus.REPLIED, day, fields={"reply": reply.strip()})

    def decide(
        self, concern_id: str, decision: str, reason: str, day: date | None = None
    ) -> ConcernView:
        """Decide what was found, with the reason. Raises NotFound, NotAllowed, Refused."""
        fields = {"decision": decision}
        return self._move(concern_id, ConcernStatus.DECIDED, day, reason, fields)

    def close(self, concern_id: str, lesson: str, day: date | None = None) -> ConcernView:
        """Close a concern, with what is to be learned. Raises NotFound, NotAllowed, Refused."""
        return self._move(concern_id, ConcernStatus.CLOSED, day, fields={"lesson": lesson.strip()})

    def reopen(self, concern_id: str, reason: str) -> ConcernView:
        """Open a concern again that was decided or closed. Raises NotFound, NotAllowed, Refused."""
        return self._move(concern_id, ConcernStatus.OPEN, None, reason)

    def view(self, concern_id: str) -> ConcernView:
        """One concern. Raises NotFound."""
        with self._desk.reading() as session:
            return self._view(session, find(session, Concern, concern_id))

    def next_states(self, status: str, kind: str) -> list[str]:
        """The other states that this person may bring a concern to from this one."""
        with self._desk.reading() as session:
            role = self._desk.user(session).role
        _, *others = CONCERN.next_states(status, role)
        return [state for state in others if close_fault(kind, status, state) is None]

    def themes(self) -> dict[str, str]:
        """The themes of the policy: their labels by id."""
        with self._desk.reading() as session:
            return {theme.id: theme.label for theme in self._desk.policy(session).themes}

    def always_restricted(self, kind: str) -> bool:
        """Whether every concern of a kind is restricted."""
        with self._desk.reading() as session:
            return always_restricted(self._desk.policy(session).concerns, kind)

    def any(self) -> bool:
        """Whether there is any concern on this device."""
        with self._desk.reading() as session:
            found = select(Concern.id).where(Concern.deleted.is_(False)).limit(1)
            return session.scalar(found) is not None

    def today(self) -> date:
        """The calendar day where the user is."""
        return self._desk.today()

    def list(self, wanted: ConcernFilter | None = None) -> list[ConcernRow]:
        """The concerns on this device that this person sees, what is due first first."""
        with self._desk.reading() as session:
            policy = self._desk.policy(session)
            return concern_rows(session, wanted or ConcernFilter(), policy, self._desk.clock())

    def _stay(
        self, concern_id: str, fields: dict[str, str], day: date | None = None, reason: str = ""
    ) -> ConcernView:
        with self._desk.transaction() as session:
            concern = find(session, Concern, concern_id)
            if "checked_visit_id" in fields:
                visit = find(session, Visit, fields["checked_visit_id"])
                if visit.setting_id != concern.setting_id:
                    raise Refused(Code.BAD_VALUE, message("This visit is to another setting."))
            return self._step(session, concern, concern.status, reason, day, fields)

    def _move(
        self,
        concern_id: str,
        after: ConcernStatus,
        day: date | None,
        reason: str = "",
        fields: Mapping[str, Any] | None = None,
    ) -> ConcernView:
        with self._desk.transaction() as session:
            concern = find(session, Concern, concern_id)
            return self._step(session, concern, after, reason, day, fields)

    def _step(
        self,
        session: Session,
        concern: Concern,
        after: str,
        reason: str = "",
        day: date | None = None,
        fields: Mapping[str, Any] | None = None,
    ) -> ConcernView:
        take_step(self._desk, session, concern, after, reason, day, fields)
        return self._view(session, concern)

    def _view(self, session: Session, concern: Concern) -> ConcernView:
        return concern_view(session, concern, self._desk.policy(session), self._desk.clock())
