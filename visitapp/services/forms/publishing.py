"""Publishing a form to the council's server, from where every device receives it."""

from __future__ import annotations

from forms.format.check import check_form
from forms.format.faults import FaultyForm
from sync.client.forms import publish_form
from sync.wire import FormPublished
from visitapp.errors import NotAllowed
from visitapp.rules.access import Actor, publishing_refusal
from visitapp.services.context import Desk
from visitapp.services.sync.connection import Connection


class FormPublishing:
    """What a person can do to give a form to everybody."""

    def __init__(self, desk: Desk, connection: Connection) -> None:
        self._desk = desk
        self._connection = connection

    def publish(self, text: str, file: str) -> FormPublished:
        """Publish the form with this text; `file` names it in a fault.

        It is for good: a version never changes. Doing it again is answered alike. This device
        receives the form with its next sync, like every other. Raises FaultyForm with every fault,
        NotAllowed, Refused ALREADY_THERE when the version has another text, Refused NOT_CONNECTED,
        and LinkProblem.
        """
        faults = check_form(text, file)
        if faults:
            raise FaultyForm(faults)
        with self._connection.signed_in() as link:
            self._require_allowed()
            return publish_form(self._desk.database, link, text)

    def _require_allowed(self) -> None:
        """The server decides; asking here first spares the way there."""
        with self._desk.reading() as session:
            user = self._desk.user(session)
        why = publishing_refusal(Actor(user.id, user.role, user.team))
        if why:
            raise NotAllowed(why)
