"""Asking another team lead to review a visit too: both must agree before it is approved."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Role, SecondReview, SecondReviewStatus, Setting, User, Visit
from visitapp.rules.access import AccessRequest
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts, find
from visitapp.services.permission import actor_of, permit
from visitapp.services.views.people import Person
from visitapp.services.views.reviews import SecondReviewView
from visitapp.services.visits.sign_off.makers import visit_makers
from visitapp.services.visits.sign_off.second_reviewers import second_views
from visitapp.standing.steps import new_step


class SecondReviews:
    """Second reviews of signed-off visits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_visit(self, visit_id: str) -> list[SecondReviewView]:
        """The second reviews of a visit's present sign-off, the oldest first."""
        with self._desk.reading() as session:
            return second_views(session, self._desk, [visit_id]).get(visit_id, [])

    def candidates(self, visit_id: str) -> list[Person]:
        """Who can be asked about a visit, by name: leads of its team and administrators who took no
        part in it."""
        with self._desk.reading() as session:
            visit, me = find(session, Visit, visit_id), self._desk.user(session)
            return [_person(user) for user in _candidates(session, visit, me)]

    def ask(self, visit_id: str, name: str, note: str = "") -> SecondReviewView:
        """Ask a team lead, by sign-in name, to review a signed-off visit too. Asking again changes
        nothing. Raises NotFound, NotAllowed, Refused BAD_VALUE."""
        check_texts(SecondReview, {"note": note})
        with self._desk.transaction() as session:
            visit, me = find(session, Visit, visit_id), self._desk.user(session)
            user = _named(session, name)
            permit(me, SecondReview, _asking(visit, me, user))
            if user.id not in {one.id for one in _candidates(session, visit, me)}:
                raise Refused(
                    Code.BAD_VALUE,
                    message(
                        "{name} cannot review this visit: it takes a lead of its team, or an "
                        "administrator, who took no part in it.",
                        name=user.title or user.name,
                    ),
                )
            if not _open(session, visit, user):
                session.add(
                    SecondReview(
                        setting_id=visit.setting_id,
                        visit_id=visit.id,
                        signed_off_at=visit.signed_off_at,
                        reviewer_id=user.id,
                        note=note.strip(),
                    )
                )
                session.flush()
            return second_views(session, self._desk, [visit.id])[visit.id][-1]

    def mine(self, visit_id: str) -> SecondReviewView:
        """The second review of a visit that the user was asked for. Raises NotFound."""
        asked = [
            one
            for one in self.of_visit(visit_id)
            if one.mine and one.status != SecondReviewStatus.WITHDRAWN
        ]
        if not asked:
            raise NotFound(message("You were not asked for a second review of this visit."))
        return asked[-1]

    def agree(self, second_id: str, comment: str = "") -> None:
        """Agree with the sign-off, as the second reviewer. Raises NotAllowed, Refused."""
        self._step(second_id, SecondReviewStatus.AGREED, comment)

    def disagree(self, second_id: str, comment: str) -> None:
        """Say why not, as the second reviewer. The visit is then not approved. Raises NotAllowed,
        Refused."""
        self._step(second_id, SecondReviewStatus.DISAGREED, comment)

    def withdraw(self, second_id: str, reason: str) -> None:
        """Take back a question that has no answer. Raises NotAllowed, Refused."""
        self._step(second_id, SecondReviewStatus.WITHDRAWN, reason)

    def _step(self, second_id: str, after: SecondReviewStatus, reason: str) -> None:
        with self._desk.transaction() as session:
            me = self._desk.user(session)
            second = find(session, SecondReview, second_id)
            visit = find(session, Visit, second.visit_id)
            permit(me, SecondReview, _answering(session, second, visit, after))
            session.add(new_step(second, after, actor_of(me), self._desk.clock(), reason=reason))


def _asking(visit: Visit, me: Person, user: User) -> AccessRequest:
    return AccessRequest(
        creating=True,
        fields=frozenset(),
        created_by=me.id,
        visit_officer_id=visit.officer_id,
        visit_status=visit.status,
        second_reviewer_id=user.id,
    )


def _answering(
    session: Session, second: SecondReview, visit: Visit, after: SecondReviewStatus
) -> AccessRequest:
    return AccessRequest(
        creating=False,
        fields=frozenset({"status"}),
        created_by=second.created_by,
        visit_officer_id=visit.officer_id,
        visit_makers=visit_makers(session, visit),
        status=after,
        second_reviewer_id=second.reviewer_id,
    )


def _candidates(session: Session, visit: Visit, me: Person) -> list[User]:
    team = find(session, Setting, visit.setting_id).team
    users = session.scalars(
        select(User).where(
            User.active,
            User.deleted.is_(False),
            or_(User.role == Role.ADMIN, (User.role == Role.LEAD) & (User.team == team)),
            User.id.not_in({me.id, *visit_makers(session, visit), visit.officer_id}),
        )
    )
    return sorted(users, key=lambda user: ((user.title or user.name).casefold(), user.name))


def _named(session: Session, name: str) -> User:
    user = session.scalars(
        select(User).where(User.name == name, User.active, User.deleted.is_(False))
    ).first()
    if user is None:
        raise NotFound(
            message("There is no user {name} on this device.", name=name),
            message("Sync and try again."),
        )
    return user


def _open(session: Session, visit: Visit, user: User) -> bool:
    """Whether this person was asked about this sign-off, and not in vain."""
    asked = select(SecondReview.id).where(
        SecondReview.visit_id == visit.id,
        SecondReview.signed_off_at == visit.signed_off_at,
        SecondReview.reviewer_id == user.id,
        SecondReview.status != SecondReviewStatus.WITHDRAWN,
        SecondReview.deleted.is_(False),
    )
    return session.scalar(asked.limit(1)) is not None


def _person(user: User) -> Person:
    return Person(
        id=user.id, name=user.name, title=user.title or user.name, role=user.role, team=user.team
    )
