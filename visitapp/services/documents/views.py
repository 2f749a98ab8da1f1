"""What services hand out about documents: plain values, detached from the database."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class DocumentOwner(Struct, frozen=True):
    """What a document belongs to: `kind` is provider, contract or setting."""

    kind: str
    id: str
    name: str = ""


class DocumentView(Struct, frozen=True, kw_only=True):
    """One document. `validity` is valid, due_soon, expired, replaced or withdrawn; `state` says
    where its bytes are, as that of evidence."""

    id: str
    owner: DocumentOwner
    kind: str
    title: str
    issued_on: date | None
    expires_on: date | None
    note: str
    validity: str
    days: int | None
    withdrawn_on: date | None
    withdrawn_reason: str
    instead_of_id: str | None
    sha256: str
    media_type: str
    size: int
    state: str
    by: str
