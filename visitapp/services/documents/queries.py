"""Documents with how they stand, a few queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from visitapp.records import Contract, Document, EvidenceCopy, Provider, Setting
from visitapp.rules.market.documents import Paper, Validity, validities
from visitapp.services.documents.views import DocumentOwner, DocumentView
from visitapp.services.evidence.states import bytes_state
from visitapp.services.lookup import titles


def document_views(
    session: Session, today: date, *conditions: ColumnElement[bool]
) -> list[DocumentView]:
    """The documents that meet the conditions: those that stand first, the earliest to expire
    first."""
    found = session.scalars(
        select(Document).where(Document.deleted.is_(False), *conditions).order_by(Document.id)
    ).all()
    hashes = {one.sha256 for one in found if one.sha256}
    copies = session.scalars(select(EvidenceCopy).where(EvidenceCopy.sha256.in_(hashes)))
    by_hash = {copy.sha256: copy for copy in copies} if hashes else {}
    standing = _standing(session, found, today)
    owners = _owners(session, found)
    names = titles(session, {one.created_by for one in found})
    views = [
        DocumentView(
            id=one.id,
            owner=owners[one.id],
            kind=one.kind,
            title=one.title,
            issued_on=one.issued_on,
            expires_on=one.expires_on,
            note=one.note,
            validity=standing[one.id].value,
            days=(one.expires_on - today).days if one.expires_on else None,
            withdrawn_on=one.withdrawn_on,
            withdrawn_reason=one.withdrawn_reason,
            instead_of_id=one.instead_of_id,
            sha256=one.sha256 or "",
            media_type=one.media_type or "",
            size=one.size or 0,
            state=bytes_state(one.sha256, by_hash.get(one.sha256 or "")).value,
            by=names.get(one.created_by, ""),
        )
        for one in found
    ]
    return sorted(views, key=_order)


def owner_of(document: Document) -> tuple[str, str]:
    """The kind and the id of what a document belongs to."""
    owners = {
        Setting.__tablename__: document.setting_id,
        Provider.__tablename__: document.provider_id,
        Contract.__tablename__: document.contract_id,
    }
    return next((kind, id_) for kind, id_ in owners.items() if id_ is not None)


def _standing(session: Session, found: Sequence[Document], today: date) -> dict[str, Validity]:
    """How each document stands; what replaces one may not be among those found."""
    if not found:
        return {}
    replacing = select(Document).where(
        Document.deleted.is_(False), Document.instead_of_id.in_([one.id for one in found])
    )
    papers = {one.id: one for one in (*found, *session.scalars(replacing))}
    return validities(
        (
            Paper(one.id, one.expires_on, one.instead_of_id, one.withdrawn_on)
            for one in papers.values()
        ),
        today,
    )


def _owners(session: Session, found: Sequence[Document]) -> Mapping[str, DocumentOwner]:
    by_kind: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, record, name in (
        ("setting", Setting, Setting.name),
        ("provider", Provider, Provider.name),
        ("contract", Contract, Contract.number),
    ):
        ids = {id_ for of_kind, id_ in map(owner_of, found) if of_kind == kind}
        rows = session.execute(select(record.id, name).where(record.id.in_(ids))) if ids else ()
        by_kind[kind] = {row.id: row[1] for row in rows}
    return {
        one.id: DocumentOwner(kind, id_, by_kind[kind].get(id_, ""))
        for one in found
        for kind, id_ in (owner_of(one),)
    }


def _order(one: DocumentView) -> tuple[bool, bool, date, str]:
    past = one.validity in (Validity.REPLACED, Validity.WITHDRAWN)
    return past, one.expires_on is None, one.expires_on or date.max, one.title
