"""Override the outcome of a signed-off visit: an officer asks with a reason, a team lead agrees."""

from __future__ import annotations

from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import ASSESSMENTS, OutcomeOverride, OverrideStatus, Rag, Setting, Visit
from visitapp.rules.access import AccessRequest
from visitapp.rules.authority.override_life import LIVE_OVERRIDES
from visitapp.rules.choices import FROZEN
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts, find
from visitapp.services.permission import actor_of, holding, objection, permit
from visitapp.services.views.decided.overrides import OverrideView
from visitapp.services.views.people import Person
from visitapp.services.visits.sign_off.makers import visit_makers
from visitapp.services.visits.sign_off.override_views import override_views, overrides_of
from visitapp.services.visits.sign_off.visit_ratings import rate_override
from visitapp.standing.steps import new_step


class Overrides:
    """What a person can do with overrides."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(self, visit_id: str, rag: str, reason: str) -> OverrideView:
        """Hold that a signed-off visit deserves another rating than its outcome. A worse one counts
        at once, a better one when a team lead agrees. Raises NotFound, NotAllowed, Refused."""
        reason = reason.strip()
        if rag not in RATINGS:
            raise Refused(Code.BAD_VALUE, message("An override is to red, amber or green."))
        if not reason:
            what = message("Give the reason. It is kept for ever.")
            raise Refused(Code.BAD_VALUE, what, field="reason")
        check_texts(OutcomeOverride, {"reason": reason})
        with self._desk.transaction() as session:
            visit, user = find(session, Visit, visit_id), self._desk.user(session)
            permit(user, OutcomeOverride, _request(session, visit, user.id, "", creating=True))
            outcome_rag = _require_overridable(visit, rag)
            if any(one.status in LIVE_OVERRIDES for one in overrides_of(session, visit)):
                raise Refused(
                    Code.BAD_VALUE,
                    message("This outcome is already overridden."),
                )
            asked = OutcomeOverride(
                setting_id=visit.setting_id,
                visit_id=visit.id,
                signed_off_at=visit.signed_off_at,
                outcome_rag=outcome_rag,
                rag=rag,
                reason=reason,
            )
            session.add(asked)
            session.flush()
            self._rate(session, visit, asked, user)
            return _view(session, asked)

    def agree(self, override_id: str, reason: str = "") -> OverrideView:
        """Agree to an override of a visit that you had no part in. Raises NotFound, NotAllowed,
        Refused."""
        return self._step(override_id, OverrideStatus.AGREED, reason)

    def decline(self, override_id: str, reason: str) -> OverrideView:
        """Decline an override: the outcome decides the rating again. Raises NotFound, NotAllowed,
        Refused."""
        return self._step(override_id, OverrideStatus.DECLINED, reason)

    def withdraw(self, override_id: str, reason: str) -> OverrideView:
        """Take back an override that nobody decided on. Raises NotFound, NotAllowed, Refused."""
        return self._step(override_id, OverrideStatus.WITHDRAWN, reason)

    def of_visit(self, visit_id: str) -> list[OverrideView]:
        """The overrides of a visit's outcome, the oldest first. Raises NotFound."""
        with self._desk.reading() as session:
            return overrides_of(session, find(session, Visit, visit_id))

    def _step(self, override_id: str, after: OverrideStatus, reason: str) -> OverrideView:
        with self._desk.transaction() as session:
            override = find(session, OutcomeOverride, override_id)
            visit, user = find(session, Visit, override.visit_id), self._desk.user(session)
            permit(user, OutcomeOverride, _request(session, visit, override.created_by, after))
            _require_same_sign_off(visit, override)
            session.add(
                new_step(
                    override,
                    after,
                    actor_of(user),
                    self._desk.clock(),
                    day=self._desk.today(),
                    reason=reason,
                )
            )
            session.flush()
            self._rate(session, visit, override, user)
            return _view(session, override)

    def _rate(
        self, session: Session, visit: Visit, override: OutcomeOverride, user: Person
    ) -> None:
        policy, form = self._desk.policy(session), self._desk.form_of(visit)
        rate_override(session, visit, override, form, policy, user.id, self._desk.clock())


def override_objection(
    session: Session, visit: Visit, override: OutcomeOverride, user: Person
) -> bool:
    """Whether the user may not decide on an override."""
    request = _request(session, visit, override.created_by, OverrideStatus.AGREED)
    return objection(user, OutcomeOverride, request) is not None


RATINGS = (Rag.RED, Rag.AMBER, Rag.GREEN)


def _request(
    session: Session, visit: Visit, asked_by: str, after: str, *, creating: bool = False
) -> AccessRequest:
    return AccessRequest(
        creating=creating,
        fields=frozenset({"status"}),
        created_by=asked_by,
        holding=holding(find(session, Setting, visit.setting_id)),
        visit_officer_id=visit.officer_id,
        visit_makers=visit_makers(session, visit),
        status=after,
    )


def _require_overridable(visit: Visit, rag: str) -> str:
    """The outcome that would be overridden. Raises Refused."""
    if visit.purpose in ASSESSMENTS:
        raise Refused(Code.BAD_VALUE, message("The outcome of a risk model is not overridden."))
    if visit.status not in FROZEN or visit.outcome is None:
        raise Refused(Code.NOT_SIGNED_OFF, message("This visit is not signed off."))
    outcome_rag = str(visit.outcome["overall"])
    if outcome_rag == rag:
        raise Refused(Code.BAD_VALUE, message("The outcome of this visit is already that rating."))
    return outcome_rag


def _require_same_sign_off(visit: Visit, override: OutcomeOverride) -> None:
    if visit.status not in FROZEN or visit.signed_off_at != override.signed_off_at:
        raise Refused(
            Code.NOT_SIGNED_OFF,
            message("This visit was returned since, so its override no longer counts."),
        )


def _view(session: Session, override: OutcomeOverride) -> OverrideView:
    return override_views(session, OutcomeOverride.id == override.id)[0]
