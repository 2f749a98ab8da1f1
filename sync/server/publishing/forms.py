"""Publishing forms: checked whole, kept for good, given to every device by the ordinary pages."""

from __future__ import annotations

from forms.catalogue.catalogue import Library
from forms.catalogue.read import digest
from forms.catalogue.sources import FormSummary, summary_of
from forms.format.check import check_form
from forms.format.faults import FaultyForm
from sync.server.publishing.publishing import Publishing
from sync.server.records.workspace import Row
from sync.server.telemetry.request_context import Trace
from sync.wire import FormPublished
from visitapp.errors import Code, NotFound, Refused
from visitapp.language import Message, message
from visitapp.records import PublishedForm
from visitapp.records.ids import published_form_id
from visitapp.rules.access import publishing_refusal

_NAME = "form"
"""What a fault calls the text that was sent."""


class Forms:
    """The forms that a council publishes. `shipped` are those that come with the program."""

    def __init__(self, publishing: Publishing, shipped: Library) -> None:
        self._publishing = publishing
        self._shipped = shipped

    def publish(self, access_token: str, text: str, trace: Trace | None = None) -> FormPublished:
        """Keep a form for good. The same text again gets the same answer and changes nothing.

        Raises NotAllowed, FaultyForm with every fault, and Refused ALREADY_THERE when the version
        is taken by another text.
        """
        trace = trace or Trace()
        actor = self._publishing.publisher(access_token, publishing_refusal, trace)
        faults = check_form(text, _NAME)
        summary = summary_of(text)
        if faults or summary is None:
            raise FaultyForm(faults)
        self._require_not_shipped(summary, text)
        values = {
            "form_id": summary.id,
            "version": summary.version,
            "kind": summary.kind,
            "title": summary.title,
            "applies_to": list(summary.applies_to),
            "digest": digest(text),
            "text": text,
        }
        row = self._publishing.keep(
            PublishedForm,
            published_form_id(summary.id, summary.version),
            values,
            actor,
            trace,
            taken=_taken(summary, _PUBLISHED),
            audited={"form": summary.id, "version": summary.version, "digest": digest(text)},
        )
        return _told(row)

    def _require_not_shipped(self, summary: FormSummary, text: str) -> None:
        """A version that ships may be published too, for devices that do not have it yet; but
        only as it is."""
        try:
            known = self._shipped.text(summary.id, summary.version)
        except NotFound:
            return
        if digest(known) != digest(text):
            raise _taken(summary, _SHIPPED)


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
    "Version {version} of the form {form} comes with the program and has a different text. A "
    "version never changes."
)
_PUBLISHED = message(
    "Version {version} of the form {form} was published with a different text. A version never "
    "changes."
)


def _taken(summary: FormSummary, what: Message) -> Refused:
    return Refused(
        Code.ALREADY_THERE,
        what.filled(version=summary.version, form=summary.id),
        message("Give your form a new version and publish that."),
    )
