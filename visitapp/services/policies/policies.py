"""The council's policy on this device: its versions, the one in force, and publishing the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from forms.catalogue.catalogue import version_key
from sync.client.policies import publish_policy
from sync.wire import PolicyPublished
from visitapp.errors import Code, EnvironmentProblem, NotAllowed
from visitapp.language import Message, message
from visitapp.rules.access import Actor, policy_refusal
from visitapp.rules.policy.check import FaultyPolicy, check_policy
from visitapp.rules.policy.model import Policy
from visitapp.rules.policy.read import read_policy, read_published, shipped_text
from visitapp.services.context import Desk
from visitapp.services.sync.connection import Connection
from visitapp.storage.policy_shelf import PolicyHead
from visitapp.storage.private import private_opener

IN_FORCE, PLANNED, REPLACED, UNUSABLE = "in_force", "planned", "replaced", "unusable"
"""What a version is today. Unusable: this program cannot read it, and works by an older one."""


class PolicyVersion(Struct, frozen=True, kw_only=True):
    """A version as a list shows it. `published_at` is None for the one that ships."""

    version: str
    in_force_from: date
    published_at: datetime | None
    state: str


class Policies:
    """What a person can do with the council's policy."""

    def __init__(self, desk: Desk, connection: Connection) -> None:
        self._desk = desk
        self._connection = connection

    def in_force(self) -> Policy:
        """The version that this device works by today."""
        with self._desk.reading() as session:
            return self._desk.policy(session)

    def versions(self) -> list[PolicyVersion]:
        """Every version that is known here: the one that ships, then the published ones, the
        oldest first."""
        shelf, today = self._desk.policies, self._desk.today()
        with self._desk.reading() as session:
            heads = shelf.heads(session.connection())
            current = shelf.in_force(session.connection(), today)
        shipped = PolicyVersion(
            version=shelf.shipped.version,
            in_force_from=shelf.shipped.in_force_from,
            published_at=None,
            state=IN_FORCE if current is shelf.shipped else REPLACED,
        )
        published = (
            PolicyVersion(
                version=head.version,
                in_force_from=head.in_force_from,
                published_at=head.published_at,
                state=_state(head, heads[place + 1 :], current, today),
            )
            for place, head in enumerate(heads)
        )
        return [shipped, *published]

    def text(self, version: str) -> str:
        """The text of a version as it was written.

        Raises NotFound, and Refused POLICY_ALTERED when it is not the text that was published.
        """
        shelf = self._desk.policies
        with self._desk.reading() as session:
            published = {head.version for head in shelf.heads(session.connection())}
            if version == shelf.shipped.version and version not in published:
                return shipped_text()
            return shelf.text(session.connection(), version)

    def find(self, version: str) -> Policy:
        """A version. Raises as `text` does, and BadFile when this program cannot read it."""
        return read_published(self.text(version), version)

    def save_text(self, version: str, out: Path) -> None:
        """Write the text of a version to a file, in place of one that is there. Raises as `text`
        does, and EnvironmentProblem when it cannot be written."""
        text = self.text(version)
        try:
            with open(out, "w", encoding="utf-8", newline="\n", opener=private_opener) as file:
                file.write(text)
        except OSError as error:
            reason = error.strerror or error
            what = message("The file cannot be written: {reason}.", reason=reason)
            raise EnvironmentProblem(Code.FILE_UNREADABLE, what) from None

    def may_publish(self) -> bool:
        """Whether the user's role publishes policies at all."""
        return self._refusal() is None

    def check(self, text: str, file: str) -> Policy:
        """The policy with this text. Raises FaultyPolicy with every fault."""
        faults = check_policy(text, file)
        if faults:
            raise FaultyPolicy(faults)
        return read_policy(text, file)

    def publish(self, text: str, file: str) -> PolicyPublished:
        """Publish the policy with this text; `file` names it in a fault.

        It cannot be undone: a version never changes. Publishing the same text again changes
        nothing. This device receives it with its next sync, like every other. Raises FaultyPolicy
        with every fault, NotAllowed, Refused as the server does, NOT_CONNECTED, and LinkProblem.
        """
        self.check(text, file)
        with self._connection.signed_in() as link:
            self._require_allowed()
            return publish_policy(self._desk.database, link, text)

    def _require_allowed(self) -> None:
        """The server decides; asking here first spares the way there."""
        if why := self._refusal():
            raise NotAllowed(why)

    def _refusal(self) -> Message | None:
        with self._desk.reading() as session:
            user = self._desk.user(session)
        return policy_refusal(Actor(user.id, user.role, user.team))


def _state(head: PolicyHead, newer: Sequence[PolicyHead], current: Policy, today: date) -> str:
    if head.version == current.version:
        return IN_FORCE
    if head.in_force_from > today:
        overtaken = any(other.in_force_from <= head.in_force_from for other in newer)
        return REPLACED if overtaken else PLANNED
    return UNUSABLE if version_key(head.version) > version_key(current.version) else REPLACED
