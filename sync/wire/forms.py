"""Publishing a form."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct


class PublishForm(Struct, frozen=True, kw_only=True):
    """The text of a form, as YAML, to be published."""

    text: Annotated[str, Meta(min_length=1, max_length=1_000_000)]


class FormPublished(Struct, frozen=True, kw_only=True):
    """A form that is published. `digest` is the SHA-256 of its text with line feeds at its line
    ends; the record is `published_form` at `revision`."""

    form_id: str
    version: str
    kind: str
    title: str
    digest: str
    published_at: datetime
    revision: int
