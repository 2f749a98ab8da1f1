"""Publishing a policy."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct


class PublishPolicy(Struct, frozen=True, kw_only=True):
    """The text of a policy, as YAML, to be published."""

    text: Annotated[str, Meta(min_length=1, max_length=1_000_000)]


class PolicyPublished(Struct, frozen=True, kw_only=True):
    """A policy that is published. `digest` is the SHA-256 of its text with line feeds at its line
    ends; the record is `published_policy` at `revision`."""

    version: str
    in_force_from: date
    digest: str
    published_at: datetime
    revision: int
