"""Publishing a form to the council's server, from where every device receives it."""

from __future__ import annotations

from forms.catalogue.catalogue import version_key
from forms.catalogue.sources import summary_of
from forms.format.check import check_form
from forms.format.faults import FaultyForm
from sync.client.forms import publish_form
from sync.wire import FormPublished
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.language import message
from visitapp.rules.access import Actor, publishing_refusal
from visitapp.services.context import Desk
from visitapp.services.sync.connection import Connection


class FormPublishing:
    """What a person can do to give a form to everybody."""

    def __init__(self, desk: Desk, connection: Connection) -> None:
        self._desk = desk
        self._connection = connection

    def publish(self, text: str, file: str, *, older: bool = False) -> FormPublished:
        """Publish the form with this text; `file` names it in a fault.

        It cannot be undone: a version never changes. Publishing the same text again changes
        nothing. This device receives the form with its next sync, like every other. `older` allows
        a version older than the newest one. Raises FaultyForm with every fault, NotAllowed,
        Refused FORM_OLDER, ALREADY_THERE when the version has another text, NOT_CONNECTED, and
        LinkProblem.
        """
        faults = check_form(text, file)
        if faults:
            raise FaultyForm(faults)
        if not older:
            self._require_newest(text)
        with self._connection.signed_in() as link:
            self._require_allowed()
            return publish_form(self._desk.database, link, text)

    def _require_newest(self, text: str) -> None:
        summary = summary_of(text)
        known = self._desk.library.versions(summary.id) if summary else []
        if summary is None or not known or summary.version in known:
            return
        newest = max(known[-1], summary.version, key=version_key)
        if newest != summary.version:
            raise Refused(
                Code.FORM_OLDER,
                message(
                    "Version {version} is older than {newest}, the newest version of"
                    " {form}. New visits would still start on {newest}. Nothing was published.",
                    version=summary.version,
                    newest=newest,
                    form=summary.id,
                ),
                message(
                    "Give the form a newer version. To publish this version anyway, use --older."
                ),
            )

    def _require_allowed(self) -> None:
        """The server decides; asking here first spares the way there."""
        with self._desk.reading() as session:
            user = self._desk.user(session)
        why = publishing_refusal(Actor(user.id, user.role, user.team))
        if why:
            raise NotAllowed(why)
