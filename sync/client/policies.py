"""Publishing a policy from a device."""

from __future__ import annotations

from sync.client.link.link import Link
from sync.client.link.transport_protocol import PublishingTransport
from sync.wire import PolicyPublished, PublishPolicy
from visitapp.storage.database import Database


def publish_policy(
    database: Database, transport: PublishingTransport, text: str
) -> PolicyPublished:
    """Hand a policy to the server in the name of the device's user.

    Raises FaultyPolicy, NotAllowed, Refused ALREADY_THERE, POLICY_OLDER, BAD_VALUE or
    NOT_CONNECTED, and LinkProblem. After a lost answer it can simply be asked again.
    """
    asked = PublishPolicy(text=text)
    return Link(database, transport).signed_in(lambda token: transport.publish_policy(asked, token))
