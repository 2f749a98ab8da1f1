"""What a provider says of the accuracy of a report, and what is answered."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import either, message
from visitapp.records import AccuracyPoint, Visit
from visitapp.rules.access import AccessRequest
from visitapp.rules.plans.states import AccuracyStatus
from visitapp.services.context import Desk
from visitapp.services.days import day_that_came
from visitapp.services.lookup import find, titles
from visitapp.services.permission import actor_of, objection, permit
from visitapp.services.plans.views import AccuracyView
from visitapp.standing.steps import new_step
from visitapp.vocabulary import choice_words


class Accuracy:
    """What a person can do with comments on the accuracy of a report."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def points(self, plan_id: str) -> list[AccuracyView]:
        """The comments that came with a plan, those to be answered first."""
        with self._desk.reading() as session:
            return self._views(session, AccuracyPoint.plan_id == plan_id)

    def answer(
        self, point_id: str, status: str, reason: str, day: date | None = None
    ) -> AccuracyView:
        """Accept a comment, in part, or not, with the reason. Raises NotFound, NotAllowed for the
        officer of the visit, Refused."""
        answers = [one.value for one in AccuracyStatus if one != AccuracyStatus.OPEN]
        if status not in answers:
            known = either(list(choice_words(AccuracyStatus).values())[1:])
            raise Refused(Code.BAD_VALUE, message("The answer is one of: {known}.", known=known))
        on = day_that_came(self._desk, day)
        with self._desk.transaction() as session:
            point, user = find(session, AccuracyPoint, point_id), self._desk.user(session)
            permit(user, AccuracyPoint, _request(session, point, status))
            step = new_step(
                *(point, status, actor_of(user), self._desk.clock()), day=on, reason=reason
            )
            session.add(step)
            session.flush()
            return self._views(session, AccuracyPoint.id == point.id)[0]

    def today(self) -> date:
        """The calendar day where the user is."""
        return self._desk.today()

    def _views(self, session: Session, *conditions: ColumnElement[bool]) -> list[AccuracyView]:
        points = session.scalars(
            select(AccuracyPoint)
            .where(AccuracyPoint.deleted.is_(False), *conditions)
            .order_by(AccuracyPoint.received_on, AccuracyPoint.id)
        ).all()
        user = self._desk.user(session)
        names = titles(session, [point.answered_by for point in points])
        views = [
            AccuracyView(
                id=point.id,
                received_on=point.received_on,
                place=point.place,
                text=point.text,
                shown=point.shown,
                status=point.status,
                answer=point.answer or "",
                answered_on=point.answered_on,
                answered_by=names.get(point.answered_by or "", ""),
                mine=point.status == AccuracyStatus.OPEN
                and objection(user, AccuracyPoint, _request(session, point, "accepted")) is None,
            )
            for point in points
        ]
        return sorted(views, key=lambda view: view.status != AccuracyStatus.OPEN)


def _request(session: Session, point: AccuracyPoint, status: str) -> AccessRequest:
    visit = session.get(Visit, point.visit_id) if point.visit_id else None
    return AccessRequest(
        creating=False,
        fields=frozenset({"status"}),
        created_by=point.created_by,
        visit_officer_id=visit.officer_id if visit else None,
        status=status,
    )
