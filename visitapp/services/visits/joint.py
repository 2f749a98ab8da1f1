"""Visits that several officers make together, each on their own laptop."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.language import Message, message
from visitapp.records import Joining, User, Visit
from visitapp.records.ids import joining_id
from visitapp.rules.access import WRITERS, AccessRequest
from visitapp.services.context import Desk
from visitapp.services.lookup import find, find_open_visit, titles
from visitapp.services.permission import permit
from visitapp.services.views.people import Colleague, Person


class JointVisits:
    """Who makes a visit together with its officer.

    A user who joins receives the setting with their next sync, records answers, evidence and
    actions on the visit, and sees the setting until the visit is signed off.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def join(self, visit_id: str, name: str) -> list[str]:
        """Ask a user, by sign-in name, to join an open visit; gives who joins it now.

        Raises NotFound, NotAllowed unless the visit is the user's or they lead, Refused
        VISIT_FROZEN or BAD_VALUE. Asking twice changes nothing.
        """
        with self._desk.transaction() as session:
            visit, user = self._both(session, visit_id, name, creating=True)
            if user.role not in WRITERS or user.id == visit.officer_id:
                raise Refused(
                    Code.BAD_VALUE,
                    message("{name} cannot join this visit.", name=user.title or user.name),
                )
            joining = session.get(Joining, joining_id(visit.id, user.id))
            if joining is None:
                session.add(
                    Joining(
                        id=joining_id(visit.id, user.id),
                        setting_id=visit.setting_id,
                        visit_id=visit.id,
                        user_id=user.id,
                    )
                )
            else:
                joining.deleted = False
            session.flush()
            return joiners(session, visit.id)

    def leave(self, visit_id: str, name: str) -> list[str]:
        """Take that back; what they recorded stays. Raises as `join` does."""
        with self._desk.transaction() as session:
            visit, user = self._both(session, visit_id, name, creating=False)
            joining = session.get(Joining, joining_id(visit.id, user.id))
            if joining is None or joining.deleted:
                raise NotFound(
                    message("{name} is not joining this visit.", name=user.title or user.name)
                )
            joining.deleted = True
            session.flush()
            return joiners(session, visit.id)

    def names(self, visit_id: str) -> list[str]:
        """Who joins a visit, as screens name them."""
        with self._desk.reading() as session:
            return joiners(session, find(session, Visit, visit_id).id)

    def colleagues(self, visit_id: str) -> list[Colleague]:
        """Whom its officer can ask to join a visit, by name; first who was asked already."""
        with self._desk.reading() as session:
            visit = find(session, Visit, visit_id)
            users = session.scalars(
                select(User).where(
                    User.role.in_(WRITERS),
                    User.active,
                    User.deleted.is_(False),
                    User.id.not_in((visit.officer_id, self._desk.user(session).id)),
                )
            ).all()
            asked = set(joiner_ids(session, visit.id))
        found = [
            Colleague(
                name=user.name,
                title=user.title or user.name,
                team=user.team,
                joins=user.id in asked,
            )
            for user in users
        ]
        return sorted(found, key=lambda one: (not one.joins, one.title.casefold(), one.name))

    def _both(
        self, session: Session, visit_id: str, name: str, *, creating: bool
    ) -> tuple[Visit, User]:
        me = self._desk.user(session)
        visit = find_open_visit(session, visit_id)
        request = AccessRequest(
            creating=creating,
            fields=frozenset(),
            created_by=me.id,
            visit_officer_id=visit.officer_id,
        )
        permit(me, Joining, request)
        user = session.scalars(
            select(User).where(User.name == name, User.active, User.deleted.is_(False))
        ).first()
        if user is None:
            raise NotFound(
                message("There is no user {name} on this device.", name=name),
                message("Sync and try again."),
            )
        return visit, user


def joiners(session: Session, visit_id: str) -> list[str]:
    """The users who join a visit, as screens name them, in order."""
    return sorted(titles(session, joiner_ids(session, visit_id)).values())


def joiner_ids(session: Session, visit_id: str) -> Sequence[str]:
    """The ids of the users who join a visit."""
    return session.scalars(
        select(Joining.user_id).where(Joining.visit_id == visit_id, Joining.deleted.is_(False))
    ).all()


def why_not_mine_to_sign(session: Session, visit: Visit, user: Person) -> Message | None:
    """Why a user who joined the visit cannot sign it off; None for anybody else."""
    joining = session.get(Joining, joining_id(visit.id, user.id))
    if joining is None or joining.deleted:
        return None
    officer = titles(session, [visit.officer_id]).get(visit.officer_id)
    if officer is None:
        return message("You joined this visit. The officer who started it signs it off.")
    return message("You joined this visit. Its officer, {officer}, signs it off.", officer=officer)


def require_own_sign_off(session: Session, visit: Visit, user: Person) -> None:
    """Raise NotAllowed for a user who joined the visit: its officer signs it off."""
    why_not = why_not_mine_to_sign(session, visit, user)
    if why_not:
        raise NotAllowed(why_not)
