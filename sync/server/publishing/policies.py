"""Publishing policies: checked whole, kept for good, in force from the day that they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from forms.catalogue.catalogue import version_key
from forms.catalogue.read import digest
from sync.server.publishing.publishing import Publishing
from sync.server.records.workspace import Row
from sync.server.telemetry.request_context import Trace
from sync.wire import PolicyPublished
from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import PublishedPolicy
from visitapp.records.ids import published_policy_id
from visitapp.rules.access import policy_refusal
from visitapp.rules.policy.check import FaultyPolicy, check_policy
from visitapp.rules.policy.model import Policy
from visitapp.rules.policy.read import read_policy, shipped_text
from visitapp.storage.policy_shelf import PolicyShelf

_NAME = "policy"
"""What a fault calls the text that was sent."""


class Policies:
    """The policy versions that a council publishes, over the one that ships."""

    def __init__(
        self, publishing: Publishing, shelf: PolicyShelf, clock: Callable[[], datetime]
    ) -> None:
        self._publishing = publishing
        self._shelf = shelf
        self._clock = clock

    def publish(self, access_token: str, text: str, trace: Trace | None = None) -> PolicyPublished:
        """Keep a policy for good. The same text again gets the same answer and changes nothing.

        Raises NotAllowed, FaultyPolicy with every fault, Refused ALREADY_THERE when the version is
        taken by another text, POLICY_OLDER unless it is newer than all published ones, and
        BAD_VALUE when its first day has passed.
        """
        trace = trace or Trace()
        actor = self._publishing.publisher(access_token, policy_refusal, trace)
        faults = check_policy(text, _NAME)
        if faults:
            raise FaultyPolicy(faults)
        policy = read_policy(text, _NAME)
        if policy.version == self._shelf.shipped.version and digest(text) != digest(shipped_text()):
            raise _taken(policy, _SHIPPED)
        values = {
            "version": policy.version,
            "in_force_from": policy.in_force_from,
            "digest": digest(text),
            "text": text,
        }
        row = self._publishing.keep(
            PublishedPolicy,
            published_policy_id(policy.version),
            values,
            actor,
            trace,
            taken=_taken(policy, _PUBLISHED),
            audited={"policy": policy.version, "digest": digest(text)},
            check=lambda connection: self._require_next(connection, policy),
        )
        return _told(row)

    def _require_next(self, connection: Connection, policy: Policy) -> None:
        """A new version is newer than all before it, and begins today at the earliest: decisions
        that were taken under another one stay as they were."""
        heads = self._shelf.heads(connection)
        newest = heads[-1].version if heads else ""
        if newest and version_key(policy.version) <= version_key(newest):
            raise Refused(
                Code.POLICY_OLDER,
                message(
                    "Version {version} is not newer than {newest}, which is published.",
                    version=policy.version,
                    newest=newest,
                ),
                message("Give the policy a newer version and publish that."),
            )
        today = self._clock().date()
        if policy.in_force_from < today:
            raise Refused(
                Code.BAD_VALUE,
                message(
                    "The policy comes into force on {day}, which has passed.",
                    day=policy.in_force_from,
                ),
                message("Set in_force_from to {today} or later.", today=today),
            )


def _told(row: Row) -> PolicyPublished:
    return PolicyPublished(
        version=row.values["version"],
        in_force_from=row.values["in_force_from"],
        digest=row.values["digest"],
        published_at=row.values["created_at"],
        revision=row.revision,
    )


_SHIPPED = message(
    "Version {version} of the policy comes with the program and has a different text. A version "
    "never changes."
)
_PUBLISHED = message(
    "Version {version} of the policy was published with a different text. A version never changes."
)


def _taken(policy: Policy, what: Message) -> Refused:
    return Refused(
        Code.ALREADY_THERE,
        what.filled(version=policy.version),
        message("Give your policy a new version and publish that."),
    )
