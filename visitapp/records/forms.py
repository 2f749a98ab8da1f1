"""Forms that the council published: they travel to every device like any other record."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Json, Synced


class PublishedForm(Synced, Base):
    """One version of a form, which never changes. Only the server makes them.

    The id is derived from `form_id` and `version` (`records.ids.published_form_id`); `digest` is
    the SHA-256 of `text` (`forms.catalogue.read.digest`). The rest repeats the head of the text, so that
    forms are listed without reading them.
    """

    __tablename__ = "published_form"
    append_only = True

    form_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    applies_to: Mapped[list[str]] = mapped_column(Json, default=list)
    digest: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
