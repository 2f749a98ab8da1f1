"""Documents of providers, contracts and settings: add, replace, withdraw, list what is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypedDict, Unpack

from sqlalchemy import or_
from sqlalchemy.orm import Session

from sync.client.evidence.ledger import note as note_bytes
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Contract, Document, Provider, Setting
from visitapp.rules.market.documents import DUE, Validity, document_fault
from visitapp.rules.market_choices import DocumentKind
from visitapp.rules.text import safe_file_name
from visitapp.services.context import Desk
from visitapp.services.contracts.contracts import find_contract
from visitapp.services.contracts.terms import check_choice, check_day
from visitapp.services.documents.queries import document_views, owner_of
from visitapp.services.documents.views import DocumentOwner, DocumentView
from visitapp.services.evidence.evidence import write_out
from visitapp.services.evidence.given import read_file, shown, title_from
from visitapp.services.lookup import check_texts, find
from visitapp.services.permission import change, may_make, permit_making
from visitapp.services.sync.connection import Connection
from visitapp.standing.contracts import contracts_of_setting
from visitapp.storage.evidence.files import EvidenceFiles
from visitapp.storage.evidence.intake import SUFFIXES, take_in


class DocumentFields(TypedDict, total=False):
    """The fields of a document that a person changes."""

    kind: str
    title: str
    issued_on: date | None
    expires_on: date | None
    note: str


class Documents:
    """What a person can do with documents. Whoever sees what they belong to may change them."""

    def __init__(self, desk: Desk, files: EvidenceFiles, connection: Connection) -> None:
        self._desk, self._files, self._connection = desk, files, connection

    def of(self, owner: DocumentOwner) -> list[DocumentView]:
        """The documents of a provider, contract or setting. Raises NotFound."""
        with self._desk.reading() as session:
            field, id_ = _scope(session, owner)
            mine = getattr(Document, field) == id_
            return document_views(session, self._desk.today(), mine)

    def around(self, setting_id: str) -> list[DocumentView]:
        """Those of a setting, of its provider and of the contracts that it is under."""
        with self._desk.reading() as session:
            setting = find(session, Setting, setting_id)
            contracts = [one.id for one in contracts_of_setting(session, setting.id)]
            mine = or_(
                Document.setting_id == setting.id,
                Document.provider_id == (setting.provider_id or ""),
                Document.contract_id.in_(contracts),
            )
            return document_views(session, self._desk.today(), mine)

    def due(self) -> list[DocumentView]:
        """The documents on this device that expire within 30 days or have expired."""
        with self._desk.reading() as session:
            dated = Document.expires_on.is_not(None)
            views = document_views(session, self._desk.today(), dated)
        return [one for one in views if one.validity in DUE]

    def view(self, document_id: str) -> DocumentView:
        """One document. Raises NotFound."""
        with self._desk.reading() as session:
            return self._view(session, find(session, Document, document_id))

    def may_add(self) -> bool:
        """Whether the user's role adds documents."""
        with self._desk.reading() as session:
            return may_make(self._desk, session, Document)

    def add(
        self,
        owner: DocumentOwner,
        kind: str,
        /,
        file: Path | None = None,
        **fields: Unpack[DocumentFields],
    ) -> DocumentView:
        """Add a document; without a file it says that one was seen. Its file's name is the title
        when none is given. Raises NotFound, NotAllowed, BadFile, Refused BAD_VALUE."""
        with self._desk.transaction() as session:
            field, id_ = _scope(session, owner)
            made = Document(**{field: id_})
            return self._keep(session, made, file, fields | DocumentFields(kind=kind))

    def replace(
        self, document_id: str, file: Path | None = None, **fields: Unpack[DocumentFields]
    ) -> DocumentView:
        """Add the next edition of a document; the one before stays, as replaced. Raises as `add`
        does, and Refused BAD_VALUE for one that was replaced or withdrawn."""
        with self._desk.transaction() as session:
            old = find(session, Document, document_id)
            if self._view(session, old).validity in (Validity.REPLACED, Validity.WITHDRAWN):
                raise Refused(
                    Code.BAD_VALUE,
                    message("This document has already been replaced or withdrawn."),
                    message("Replace the one that stands, or add a new one."),
                )
            kind, id_ = owner_of(old)
            made = Document(**{f"{kind}_id": id_}, instead_of_id=old.id)
            given = DocumentFields(kind=old.kind, title=old.title) | fields
            return self._keep(session, made, file, given)

    def edit(self, document_id: str, **fields: Unpack[DocumentFields]) -> DocumentView:
        """Change the fields given. Raises NotFound, NotAllowed, Refused BAD_VALUE."""
        with self._desk.transaction() as session:
            found = find(session, Document, document_id)
            change(self._desk, session, found, self._checked(fields, found))
            return self._view(session, found)

    def withdraw(self, document_id: str, reason: str) -> DocumentView:
        """Note that a document never held, or holds no more. Raises NotFound, NotAllowed, or
        Refused BAD_VALUE without a reason."""
        if not reason.strip():
            raise Refused(
                Code.BAD_VALUE, message("Say why the document is withdrawn."), field="reason"
            )
        check_texts(Document, {"withdrawn_reason": reason})
        fields = {"withdrawn_on": self._desk.today(), "withdrawn_reason": reason.strip()}
        return self._change(document_id, fields)

    def put_back(self, document_id: str) -> DocumentView:
        """Take a withdrawal back. Raises NotFound or NotAllowed."""
        return self._change(document_id, {"withdrawn_on": None, "withdrawn_reason": ""})

    def take_back(self, document_id: str) -> None:
        """Undo `add` or `replace`. Raises NotFound or NotAllowed."""
        with self._desk.transaction() as session:
            change(self._desk, session, find(session, Document, document_id), {"deleted": True})

    def fetch(self, document_id: str, progress: Callable[[int, int], None] | None = None) -> bytes:
        """The bytes, from the server when they are not here. Raises NotFound, Refused BAD_VALUE
        when it has none, LinkProblem."""
        one = self.view(document_id)
        if not one.sha256:
            raise Refused(Code.BAD_VALUE, message("The document was seen, but no file was kept."))
        if self._files.has(one.sha256):
            return self._files.get(one.sha256)
        return self._connection.fetch_evidence(one.sha256, one.size, progress)

    def export(self, document_id: str, out: Path) -> Path:
        """Put the bytes where the person chose, into a folder under the title. Raises as `fetch`
        does, and EnvironmentProblem when they cannot be written."""
        data, one = self.fetch(document_id), self.view(document_id)
        name = (safe_file_name(one.title) or "document") + SUFFIXES.get(one.media_type, ".bin")
        target = out / name if out.is_dir() else out
        write_out(target, data)
        return target

    def _keep(
        self, session: Session, made: Document, file: Path | None, fields: Mapping[str, Any]
    ) -> DocumentView:
        permit_making(self._desk, session, Document)
        given = dict(fields)
        intake = take_in(read_file(file), shown(file.name)) if file is not None else None
        if file is not None and not str(given.get("title") or "").strip():
            given["title"] = title_from(file.name)
        for name, value in self._checked(given, made).items():
            setattr(made, name, value)
        if intake is not None:
            # The file comes first: a record that is kept always has its bytes.
            made.sha256 = self._files.put(intake.data)
            made.media_type, made.size = intake.media_type, len(intake.data)
        session.add(made)
        session.flush()
        if intake is not None and made.sha256:
            size, now = len(intake.data), self._desk.clock()
            note_bytes(session.connection(), made.sha256, size, now)
        return self._view(session, made)

    def _checked(self, fields: Mapping[str, Any], document: Document) -> dict[str, Any]:
        given: dict[str, Any] = dict(fields)
        given |= {name: given[name].strip() for name in ("title", "note") if name in given}
        if not given.get("title", document.title):
            raise Refused(Code.BAD_VALUE, message("A document needs a title."), field="title")
        check_texts(Document, {n: given[n] for n in ("title", "note") if n in given})
        if "kind" in given:
            check_choice("kind", given["kind"], DocumentKind)
        issued = given.get("issued_on", document.issued_on)
        expires = given.get("expires_on", document.expires_on)
        check_day("issued_on", issued)
        check_day("expires_on", expires)
        fault = document_fault(issued, expires, self._desk.today())
        if fault:
            raise Refused(Code.BAD_VALUE, fault, field=_at_fault(issued, self._desk.today()))
        return given

    def _change(self, document_id: str, fields: dict[str, Any]) -> DocumentView:
        with self._desk.transaction() as session:
            found = find(session, Document, document_id)
            change(self._desk, session, found, fields)
            return self._view(session, found)

    def _view(self, session: Session, document: Document) -> DocumentView:
        return document_views(session, self._desk.today(), Document.id == document.id)[0]


def _scope(session: Session, owner: DocumentOwner) -> tuple[str, str]:
    """The field and the id of what a document belongs to; a contract may be named by its number.
    Raises NotFound."""
    if owner.kind == Contract.__tablename__:
        return "contract_id", find_contract(session, owner.id).id
    kind = Provider if owner.kind == Provider.__tablename__ else Setting
    return f"{kind.__tablename__}_id", find(session, kind, owner.id).id


def _at_fault(issued_on: date | None, today: date) -> str:
    """Which of the two days of a document was refused."""
    return "issued_on" if issued_on and issued_on > today else "expires_on"
