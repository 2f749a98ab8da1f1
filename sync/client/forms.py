"""Publishing a form from a device."""

from __future__ import annotations

from sync.client.link.link import Link
from sync.client.link.transport_protocol import PublishingTransport
from sync.wire import FormPublished, PublishForm
from visitapp.storage.database import Database


def publish_form(database: Database, transport: PublishingTransport, text: str) -> FormPublished:
    """Hand a form to the server in the name of the device's user.

    Raises FaultyForm, NotAllowed, Refused ALREADY_THERE or NOT_CONNECTED, and LinkProblem. After a
    lost answer it can simply be asked again.
    """
    asked = PublishForm(text=text)
    return Link(database, transport).signed_in(lambda token: transport.publish(asked, token))
