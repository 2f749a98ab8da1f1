"""Publishing forms: checked whole, kept for good, given to every device by the ordinary pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from forms.catalogue.catalogue import Library
from forms.catalogue.read import digest
from forms.catalogue.sources import FormSummary, summary_of
from forms.format.check import check_form
from forms.format.faults import FaultyForm
from sync.merge import Stamp
from sync.server.accounts.accounts import Accounts
from sync.server.audit.log import Audit, AuditEvent
from sync.server.records.fields import completed
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Row, Workspace
from sync.server.telemetry.request_context import Trace
from sync.wire import FormPublished
from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.language import Message, message
from visitapp.records import PublishedForm
from visitapp.records.codec import moment_to_wire
from visitapp.records.ids import published_form_id
from visitapp.rules.access import Actor, publishing_refusal
from visitapp.storage.database import Database

_NAME = "form"
"""What a fault calls the text that was sent."""


class Forms:
    """The forms that a council publishes. `shipped` are those that come with the program."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        shipped: Library,
        audit: Audit,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._shipped = shipped
        self._audit = audit
        self._clock = clock

    def publish(self, access_token: str, text: str, trace: Trace | None = None) -> FormPublished:
        """Keep a form for good. The same text again gets the same answer and changes nothing.

        Raises NotAllowed, FaultyForm with every fault, and Refused ALREADY_THERE when the version
        is taken by another text.
        """
        trace = trace or Trace()
        with self._database.reading() as session:
            actor = self._accounts.known(session.connection(), access_token, trace).sender.actor
        why = publishing_refusal(actor)
        if why:
            raise NotAllowed(why)
        faults = check_form(text, _NAME)
        summary = summary_of(text)
        if faults or summary is None:
            raise FaultyForm(faults)
        self._require_not_shipped(summary, text)
        with self._database.applying() as session:
            return self._keep(session.connection(), actor, summary, text, trace)

    def _require_not_shipped(self, summary: FormSummary, text: str) -> None:
        """A version that ships may be published too, for devices that do not have it yet; but
        only as it is."""
        try:
            known = self._shipped.text(summary.id, summary.version)
        except NotFound:
            return
        if digest(known) != digest(text):
            raise _taken(summary, _SHIPPED)

    def _keep(
        self,
        connection: Connection,
        actor: Actor,
        summary: FormSummary,
        text: str,
        trace: Trace,
    ) -> FormPublished:
        # The lock comes first: of two that publish one version, the second finds the first's.
        revisions = Revisions(connection, 1)
        workspace = Workspace(connection)
        id_ = published_form_id(summary.id, summary.version)
        kept = workspace.get(PublishedForm.__tablename__, id_)
        if kept is not None:
            if kept.values["digest"] != digest(text):
                raise _taken(summary, _PUBLISHED)
            return _told(kept)
        now = self._clock()
        values = {
            "created_at": now,
            "created_by": actor.id,
            "form_id": summary.id,
            "version": summary.version,
            "kind": summary.kind,
            "title": summary.title,
            "applies_to": list(summary.applies_to),
            "digest": digest(text),
            "text": text,
        }
        stamp: Stamp = [revisions.take(), actor.id, moment_to_wire(now)]
        row = workspace.add(PublishedForm, id_, completed(PublishedForm, values), stamp)
        workspace.flush()
        told = _told(row)
        detail = {"form": told.form_id, "version": told.version, "digest": told.digest}
        self._audit.record(connection, AuditEvent.PUBLISHED, trace, detail)
        return told


def _told(row: Row) -> FormPublished:
    return FormPublished(
        form_id=row.values["form_id"],
        version=row.values["version"],
        kind=row.values["kind"],
        title=row.values["title"],
        digest=row.values["digest"],
        published_at=row.values["created_at"],
        revision=row.revision,
    )


_SHIPPED = message(
    "Version {version} of the form {form} comes with the program, with another text. "
    "A version never changes."
)
_PUBLISHED = message(
    "Version {version} of the form {form} was published with another text. A version never changes."
)


def _taken(summary: FormSummary, what: Message) -> Refused:
    return Refused(
        Code.ALREADY_THERE,
        what.filled(version=summary.version, form=summary.id),
        message("Give your form a new version and publish that."),
    )
