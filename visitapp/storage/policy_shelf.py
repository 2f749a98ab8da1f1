"""The published policies in a database, and the one that is in force on a day."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import Connection, select

from forms.catalogue.catalogue import version_key
from forms.catalogue.read import digest
from visitapp.errors import BadFile, Code, NotFound, Refused, VisitappError
from visitapp.language import message
from visitapp.records import PublishedPolicy
from visitapp.records.ids import published_policy_id
from visitapp.rules.policy.model import Policy
from visitapp.rules.policy.read import read_published
from visitapp.storage.logs import event

_LISTED = select(
    PublishedPolicy.version,
    PublishedPolicy.in_force_from,
    PublishedPolicy.digest,
    PublishedPolicy.created_at,
).where(PublishedPolicy.deleted.is_(False))


class PolicyHead(Struct, frozen=True):
    """A published version as a list shows it."""

    version: str
    in_force_from: date
    digest: str
    published_at: datetime


class PolicyShelf:
    """The published policies as they are in the database at each look, over the one that ships.

    A version is read once in a process: a published text never changes.
    """

    def __init__(self, shipped: Policy) -> None:
        self.shipped = shipped
        self._read: dict[str, Policy | None] = {}
        self._reported: set[str] = set()

    def heads(self, connection: Connection) -> Sequence[PolicyHead]:
        """Every published version, the oldest first."""
        rows = (PolicyHead(*row) for row in connection.execute(_LISTED))
        return sorted(rows, key=lambda head: version_key(head.version))

    def in_force(self, connection: Connection, day: date) -> Policy:
        """The newest version whose day has come; the one that ships when there is none.

        A version that this program cannot use, because a newer one published it or because its
        text was altered, is logged and passed over for the one before it.
        """
        for head in reversed(self.heads(connection)):
            if head.in_force_from <= day:
                found = self._usable(connection, head)
                if found is not None:
                    return found
        return self.shipped

    def text(self, connection: Connection, version: str) -> str:
        """The text of a published version.

        Raises NotFound, and Refused POLICY_ALTERED when the text is not the one that was published.
        """
        wanted = select(PublishedPolicy.text, PublishedPolicy.digest).where(
            PublishedPolicy.id == published_policy_id(version)
        )
        found = connection.execute(wanted).one_or_none()
        if found is None:
            raise NotFound(message("There is no policy {version} on this device.", version=version))
        if digest(found.text) != found.digest:
            raise Refused(
                Code.POLICY_ALTERED,
                message(
                    "The text of the policy {version} is not the one that was published, so it is "
                    "not used.",
                    version=version,
                ),
                message("Tell your administrator. Your recorded work is safe."),
            )
        return str(found.text)

    def _usable(self, connection: Connection, head: PolicyHead) -> Policy | None:
        if head.digest not in self._read:
            try:
                text = self.text(connection, head.version)
            except Refused as altered:
                # Looked for again each time: a later sync may bring the text that was published.
                self._report(head, altered)
                return None
            try:
                self._read[head.digest] = read_published(text, f"policy {head.version}")
            except BadFile as unknown:  # to this program: a newer one is a new process
                self._report(head, unknown)
                self._read[head.digest] = None
        return self._read[head.digest]

    def _report(self, head: PolicyHead, problem: VisitappError) -> None:
        """Log, once in a process, that a version cannot be used."""
        if head.digest not in self._reported:
            event(logging.ERROR, "policy-unusable", version=head.version, code=problem.code)
            self._reported.add(head.digest)
