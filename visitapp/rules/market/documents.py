"""Documents that expire: which stand now, and which are due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from visitapp.language import Message, message

SOON = timedelta(days=30)
"""How long before its last day a document is due to be replaced."""


class Validity(StrEnum):
    """How a document stands on a day. A replaced or withdrawn one is never due."""

    VALID = "valid"
    DUE_SOON = "due_soon"
    EXPIRED = "expired"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


DUE = frozenset({Validity.DUE_SOON, Validity.EXPIRED})


class Paper(Struct, frozen=True):
    """What decides how a document stands."""

    id: str
    expires_on: date | None
    instead_of_id: str | None
    withdrawn_on: date | None


def validities(papers: Iterable[Paper], today: date) -> dict[str, Validity]:
    """How each of the documents of one provider, contract or setting stands, by id. One replaces
    another unless it was withdrawn itself."""
    listed = list(papers)
    replaced = {one.instead_of_id for one in listed if one.withdrawn_on is None}
    return {one.id: _validity(one, replaced, today) for one in listed}


def _validity(one: Paper, replaced: set[str | None], today: date) -> Validity:
    if one.withdrawn_on is not None:
        return Validity.WITHDRAWN
    if one.id in replaced:
        return Validity.REPLACED
    if one.expires_on is None:
        return Validity.VALID
    if one.expires_on < today:
        return Validity.EXPIRED
    return Validity.DUE_SOON if one.expires_on <= today + SOON else Validity.VALID


def document_fault(
    issued_on: date | None, expires_on: date | None, latest_issue: date
) -> Message | None:
    """Why a document cannot have these days; None when it can."""
    if issued_on is not None and issued_on > latest_issue:
        return message("A document cannot be issued on a later day than today.")
    if issued_on is not None and expires_on is not None and expires_on < issued_on:
        return message("The document would expire before it is issued.")
    return None
