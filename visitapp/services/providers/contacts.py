"""Whom to call at a provider."""

from __future__ import annotations

from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Contact, Provider
from visitapp.rules.market.contacts import reach_fault
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts, find
from visitapp.services.permission import change, permit_making
from visitapp.services.providers.views import ContactView


class ContactFields(TypedDict, total=False):
    """The fields of a contact."""

    role: str
    name: str
    phone: str
    email: str


class Contacts:
    """What a person can do with contacts. Whoever sees the provider may change them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, provider_id: str) -> list[ContactView]:
        """The contacts of a provider. Raises NotFound."""
        with self._desk.reading() as session:
            return contact_views(session, find(session, Provider, provider_id).id)

    def add(
        self, provider_id: str, role: str, name: str, phone: str = "", email: str = ""
    ) -> ContactView:
        """Add a contact. Raises NotFound, NotAllowed, Refused BAD_VALUE."""
        fields = _checked({"role": role, "name": name, "phone": phone, "email": email})
        with self._desk.transaction() as session:
            contact = Contact(provider_id=find(session, Provider, provider_id).id, **fields)
            permit_making(self._desk, session, Contact)
            session.add(contact)
            session.flush()
            return _view(contact)

    def edit(self, contact_id: str, **fields: Unpack[ContactFields]) -> ContactView:
        """Change a contact. Raises NotFound, NotAllowed, Refused BAD_VALUE."""
        return self._change(contact_id, _checked(fields))

    def remove(self, contact_id: str) -> None:
        """Take a contact away. Raises NotFound or NotAllowed."""
        self._change(contact_id, {"deleted": True})

    def put_back(self, contact_id: str) -> ContactView:
        """Undo `remove`. Raises NotFound or NotAllowed."""
        with self._desk.transaction() as session:
            contact = session.get(Contact, contact_id)
            if contact is None:
                raise NotFound(message("There is no contact with this id."))
            change(self._desk, session, contact, {"deleted": False})
            return _view(contact)

    def _change(self, contact_id: str, fields: dict[str, Any]) -> ContactView:
        with self._desk.transaction() as session:
            contact = find(session, Contact, contact_id)
            change(self._desk, session, contact, fields)
            return _view(contact)


def contact_views(session: Session, provider_id: str) -> list[ContactView]:
    """The contacts of a provider, by role and name."""
    found = session.scalars(
        select(Contact)
        .where(Contact.provider_id == provider_id, Contact.deleted.is_(False))
        .order_by(Contact.role, Contact.name, Contact.id)
    )
    return [_view(contact) for contact in found]


def _view(contact: Contact) -> ContactView:
    names = ("id", "provider_id", "role", "name", "phone", "email")
    return ContactView(**{name: getattr(contact, name) for name in names})


def _checked(fields: ContactFields) -> dict[str, Any]:
    given: dict[str, Any] = {name: str(value).strip() for name, value in fields.items()}
    check_texts(Contact, given)
    for name, text in given.items():
        if fault := reach_fault(name, text):
            raise Refused(Code.BAD_VALUE, fault, field=name)
    return given
