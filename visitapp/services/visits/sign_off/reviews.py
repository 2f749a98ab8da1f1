"""A team lead's reviews of signed-off visits."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import ASSESSMENTS, Setting, Step, Visit, VisitStatus
from visitapp.rules.access import AccessRequest
from visitapp.rules.reviews.second_review_life import AGREED, AWAITED
from visitapp.rules.visit_life import VISIT
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts, find
from visitapp.services.permission import actor_of, holding, objection, permit
from visitapp.services.views.people import Person
from visitapp.services.views.reviews import ReviewQueue
from visitapp.services.views.visits import VisitSummary, VisitView
from visitapp.services.visits.full_view import visit_view
from visitapp.services.visits.intervention import take_back_verifications
from visitapp.services.visits.sign_off.approvals import take_back_approval, undo_until
from visitapp.services.visits.sign_off.makers import visit_makers
from visitapp.services.visits.sign_off.queue import review_queue
from visitapp.services.visits.sign_off.second_reviewers import second_reviewers
from visitapp.services.visits.sign_off.visit_ratings import end_overrides, rate_review
from visitapp.services.visits.summaries import visit_summaries
from visitapp.standing.steps import new_step
from visitapp.standing.visits import is_visit
from visitapp.storage.holding import HOLD, newest_waiting
from visitapp.storage.holding import hold as hold_back


class Reviews:
    """What a team lead can do with signed-off visits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def queue(self) -> ReviewQueue:
        """Signed-off visits that nobody approved or returned yet, Red and moved ones first."""
        with self._desk.reading() as session:
            return review_queue(session, self._desk)

    def waiting(self) -> int:
        """How many visits wait for a review."""
        waits = and_(
            Visit.deleted.is_(False), Visit.status == VisitStatus.SIGNED_OFF, is_visit(Visit)
        )
        with self._desk.reading() as session:
            return session.scalar(select(func.count(Visit.id)).where(waits)) or 0

    def closed(self) -> list[VisitSummary]:
        """Visits that were approved or not sampled, the newest first."""
        states = (VisitStatus.APPROVED, VisitStatus.NOT_SAMPLED)
        with self._desk.reading() as session:
            return visit_summaries(
                session, self._desk.form_of, Visit.status.in_(states), is_visit(Visit)
            )

    def approve(self, visit_id: str, comment: str = "", *, at_once: bool = False) -> VisitView:
        """Agree with a signed-off visit. It is held from the server for `HOLD`, so that it can be
        undone, but for one given `at_once`. Raises NotAllowed, or Refused(NOT_SIGNED_OFF)."""
        return self._decide(visit_id, VisitStatus.APPROVED, comment, hold=not at_once)

    def undo_approval(self, visit_id: str) -> VisitView:
        """Delete an approval that is still held. Raises Refused(NOT_SIGNED_OFF) when the visit is
        not approved, Refused(ALREADY_SETTLED) when it is too late."""
        user_id = self._desk.user_id()
        with self._desk.database.applying() as session:
            visit = find(session, Visit, visit_id)
            take_back_approval(session, visit, user_id, self._desk.clock())
        with self._desk.reading() as session:
            return visit_view(session, self._desk, find(session, Visit, visit_id))

    def time_to_undo(self, visit_id: str) -> timedelta | None:
        """For how long the approval of a visit can still be undone; None when it cannot."""
        now = self._desk.clock()
        with self._desk.reading() as session:
            until = undo_until(session, visit_id, now)
        return until - now if until is not None else None

    def return_(self, visit_id: str, comment: str) -> VisitView:
        """Open a signed-off or approved visit again and say why; an approval that is still held is
        undone first. Raises NotAllowed, Refused."""
        if not comment.strip():
            raise Refused(
                Code.BAD_VALUE,
                message("Say in the comment what needs another look."),
                field="comment",
            )
        check_texts(Step, {"reason": comment})
        if self.time_to_undo(visit_id) is not None:
            self.undo_approval(visit_id)
        return self._decide(visit_id, VisitStatus.RETURNED, comment)

    def objection(self, visit_id: str, decision: VisitStatus = VisitStatus.RETURNED) -> str:
        """Why the user of this device may not decide so on a visit; empty when they may. Nobody
        approves one that a second reviewer has not agreed to, but a lead may return it."""
        with self._desk.reading() as session:
            user = self._desk.user(session)
            review = review_of(session, find(session, Visit, visit_id), decision)
            return str(objection(user, Visit, review) or "")

    def _decide(
        self, visit_id: str, decision: VisitStatus, comment: str, *, hold: bool = False
    ) -> VisitView:
        check_texts(Step, {"reason": comment})
        with self._desk.transaction() as session:
            user = self._desk.user(session)
            visit = find(session, Visit, visit_id)
            if visit.purpose in ASSESSMENTS:
                raise Refused(Code.BAD_VALUE, message("Risk assessments are not reviewed."))
            permit(user, Visit, review_of(session, visit, decision))
            if VISIT.rule(visit.status, decision) is None:
                raise Refused(Code.NOT_SIGNED_OFF, _NOT_WAITING[VisitStatus(visit.status)])
            before = newest_waiting(session)
            actor, now = actor_of(user), self._desk.clock()
            policy = self._desk.policy(session)
            if decision is VisitStatus.RETURNED:
                end_overrides(session, visit, self._desk.form_of, policy, user.id, now)
            about = {"signed_off_at": visit.signed_off_at, "policy_version": policy.version}
            session.add(new_step(visit, decision, actor, now, reason=comment, fields=about))
            session.flush()
            if decision is VisitStatus.RETURNED:
                take_back_verifications(session, self._desk, visit, _RETURNED)
            rate_review(session, visit, policy, user.id, now)
            if hold:
                hold_back(session, after=before, until=now + HOLD)
            return visit_view(session, self._desk, visit)


def review_objection(session: Session, visit: Visit, user: Person) -> Message | None:
    """Why a person may not approve a visit; None when they may."""
    return objection(user, Visit, review_of(session, visit, VisitStatus.APPROVED))


def review_of(session: Session, visit: Visit, decision: VisitStatus) -> AccessRequest:
    """The decision on a visit, as the rules look at it."""
    approves = decision is VisitStatus.APPROVED
    return AccessRequest(
        creating=False,
        fields=frozenset({"status"}),
        created_by=visit.created_by,
        holding=holding(find(session, Setting, visit.setting_id)),
        visit_officer_id=visit.officer_id,
        visit_makers=visit_makers(session, visit),
        status=decision,
        awaited=second_reviewers(session, visit, AWAITED) if approves else frozenset(),
        agreed=second_reviewers(session, visit, AGREED) if approves else frozenset(),
    )


_RETURNED = "The visit that verified this action was returned."
_NOT_WAITING = {
    VisitStatus.DRAFT: message("This visit is not signed off yet."),
    VisitStatus.RETURNED: message("This visit was returned and is not signed off again yet."),
    VisitStatus.APPROVED: message("This visit is already approved."),
}
