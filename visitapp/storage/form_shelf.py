"""The published forms in a database, as a shelf of the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Connection, select

from forms.catalogue.read import digest
from forms.catalogue.sources import PUBLISHED, FormSummary, FormText
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import PublishedForm
from visitapp.records.ids import published_form_id
from visitapp.storage.database import Database

_LISTED = select(
    PublishedForm.form_id,
    PublishedForm.version,
    PublishedForm.kind,
    PublishedForm.title,
    PublishedForm.applies_to,
    PublishedForm.created_at,
).where(PublishedForm.deleted.is_(False))


class FormShelf:
    """The published forms as they are in the database at each look, so that one that arrives, or
    that another process publishes, is there at once. Texts are read only when asked for."""

    source = PUBLISHED

    def __init__(self, looking: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._looking = looking

    @classmethod
    def of(cls, database: Database) -> FormShelf:
        """The shelf of a database; each look is a reading of its own."""

        @contextmanager
        def looking() -> Iterator[Connection]:
            with database.reading() as session:
                yield session.connection()

        return cls(looking)

    @classmethod
    def within(cls, connection: Connection) -> FormShelf:
        """The shelf as one transaction sees it, which needs no second connection."""
        return cls(lambda: nullcontext(connection))

    def summaries(self) -> Sequence[FormSummary]:
        """See `Shelf`."""
        with self._looking() as connection:
            rows = connection.execute(_LISTED).all()
        return [
            FormSummary(
                id=row.form_id,
                version=row.version,
                kind=row.kind,
                title=row.title,
                applies_to=tuple(row.applies_to),
                source=PUBLISHED,
                published_at=row.created_at,
            )
            for row in rows
        ]

    def text(self, form_id: str, version: str) -> FormText | None:
        """See `Shelf`. Raises Refused FORM_ALTERED when the text is not the one that was
        published."""
        wanted = select(PublishedForm.text, PublishedForm.digest).where(
            PublishedForm.id == published_form_id(form_id, version)
        )
        with self._looking() as connection:
            found = connection.execute(wanted).one_or_none()
        if found is None:
            return None
        if digest(found.text) != found.digest:
            raise Refused(
                Code.FORM_ALTERED,
                message(
                    "The text of the form {form} {version} is not the one that was published, so "
                    "it is not used.",
                    form=form_id,
                    version=version,
                ),
                message("Tell your administrator. Your recorded work is safe."),
            )
        return FormText(found.text, f"{form_id} {version}", found.digest)
