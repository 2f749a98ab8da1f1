"""Forms that the council published: they travel to every device like any other record."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Json, Synced, free_text, identifier
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class PublishedForm(Synced, Base):
    """One version of a form, which never changes. Only the server makes them.

    The id is derived from `form_id` and `version` (`records.ids.published_form_id`); `digest` is
    the SHA-256 of `text` (`forms.catalogue.read.digest`). The other columns repeat the head of the
    text, so that forms are listed without reading them.
    """

    __tablename__ = "published_form"
    __kind__ = Kind(
        scope=Scope.COUNCIL,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_published_form,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.SERVER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=NONE,
        lifecycle=None,
    )

    form_id: Mapped[str] = identifier(80)
    version: Mapped[str] = identifier(20)
    kind: Mapped[str] = identifier(20)
    title: Mapped[str] = free_text(200)
    applies_to: Mapped[list[str]] = mapped_column(Json, default=list)
    digest: Mapped[str] = identifier(64)
    text: Mapped[str] = free_text()
