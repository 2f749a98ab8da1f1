"""What every service stands on: the database, the forms, the directory, the clock and the user."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms.catalogue.catalogue import Library
from forms.model import Form
from forms.tailored.build import read_built
from visitapp.errors import NotAllowed
from visitapp.records import History, Role, User, Visit, new_id
from visitapp.rules.access import READS_ONLY, WRITERS
from visitapp.rules.policy.model import Policy
from visitapp.services.views.people import Person
from visitapp.storage.database import Database
from visitapp.storage.directory import Directory
from visitapp.storage.policy_shelf import PolicyShelf
from visitapp.storage.state import LocalStates

PROVISIONAL_NAME = "me"
UNNAMED = "You"
"""The title of a user who has not given a name yet."""


class Desk:
    """One person's desk on one device."""

    def __init__(
        self,
        database: Database,
        library: Library,
        directory: Directory,
        clock: Callable[[], datetime],
        policies: PolicyShelf,
    ) -> None:
        self.database = database
        self.library = library
        self.directory = directory
        self.clock = clock
        self.policies = policies
        self.states = LocalStates()
        self._read_built = lru_cache(maxsize=32)(read_built)

    def policy(self, session: Session) -> Policy:
        """The policy in force today."""
        return self.policies.in_force(session.connection(), self.today())

    def quality_forms(self) -> frozenset[str]:
        """The ids of the forms that set the quality rating, on this device."""
        return self.library.rating_forms("quality")

    def today(self) -> date:
        """The calendar day where the user is."""
        return self.clock().astimezone().date()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read with."""
        with self.database.reading() as session:
            yield session

    @contextmanager
    def transaction(self, *, also: Set[str] = frozenset()) -> Iterator[Session]:
        """One transaction in the user's name, safe on disk when it ends. `also`: roles that may
        write here beside those that record visits.

        Raises NotAllowed when the user's role only reads.
        """
        with self.database.transaction(self.user_id()) as session:
            if not self.may_write(session, also):
                raise NotAllowed(READS_ONLY)
            yield session

    def may_write(self, session: Session, also: Set[str] = frozenset()) -> bool:
        """Whether the user's role does more than read, or is one of `also`."""
        user_id = self.states.get(session, "user_id")
        return session.scalar(select(User.role).where(User.id == user_id)) in WRITERS | also

    def latest_change(self) -> datetime | None:
        """When the latest change known here was made, by the clock that it was made on."""
        with self.database.reading() as session:
            return session.scalar(select(func.max(History.created_at)))

    def user_id(self) -> str:
        """The id of the device's user, provisional before the first sign-in."""
        with self.database.reading() as session:
            return str(self.states.get(session, "user_id"))

    def user(self, session: Session) -> Person:
        """The device's user."""
        user = session.get_one(User, self.states.get(session, "user_id"))
        return Person(
            id=user.id,
            name=user.name,
            title=user.title,
            role=user.role,
            team=user.team,
            connected=self.states.get(session, "server_id") is not None,
            limits=self.policy(session).steps,
        )

    def form_of(self, visit: Visit) -> Form:
        """The form version a visit is pinned to, or the form that was built for it.

        Raises NotFound when this device lacks it, BadFile when a built one cannot be read.
        """
        if visit.form_text is not None:
            return self._read_built(visit.form_text, visit.form_id, visit.form_version)
        return self.library.form(visit.form_id, visit.form_version)

    def settle_in(self) -> None:
        """Give a new device its id and its provisional user. Does nothing the second time.

        Neither waits to be sent: the first sign-in replaces the provisional user by the account.
        """
        with self.database.reading() as session:
            if self.states.get(session, "user_id") is not None:
                return
        with self.database.applying() as session:
            user = self._provisional_user()
            session.add(user)
            self.states.set(session, "user_id", user.id)
            self.states.set(session, "device_id", new_id())

    def _provisional_user(self) -> User:
        user_id = new_id()
        return User(
            id=user_id,
            name=PROVISIONAL_NAME,
            title=UNNAMED,
            role=Role.OFFICER,
            created_at=self.clock(),
            created_by=user_id,
        )
