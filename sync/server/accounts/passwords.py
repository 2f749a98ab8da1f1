"""Passwords: which are good enough, by the policy in force, and their Argon2id hashes, which are
compared in the same time whether or not the name exists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from visitapp.rules.passwords import PASSWORD, require_strong
from visitapp.rules.policy.read import shipped_policy
from visitapp.storage.database import Database
from visitapp.storage.policy_shelf import PolicyShelf


class Passwords:
    """Hashing with one strength. The default is argon2-cffi's, which follows RFC 9106."""

    def __init__(
        self, hasher: PasswordHasher | None = None, policies: PolicyShelf | None = None
    ) -> None:
        self._hasher = hasher or PasswordHasher()
        self._policies = policies or PolicyShelf(shipped_policy())

    def require_strong(
        self, database: Database, day: date, password: str, names: Iterable[str]
    ) -> None:
        """Raise Refused BAD_VALUE for a password that is weak, or shorter than the policy in force
        on `day` asks. names: of the person and their account."""
        with database.reading() as session:
            policy = self._policies.in_force(session.connection(), day)
        shortest = policy.passphrases.shortest
        require_strong(password, PASSWORD, names, shortest=shortest)

    def hashed(self, password: str) -> str:
        """The hash of a password, with its own salt."""
        return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one kept; `kept` is None for a name that nobody has."""
        try:
            return self._hasher.verify(kept or self._nobody, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash("the password of a name that nobody has")
