"""The notices that the server made, as this device has them, and the teams that receive them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.language import message
from visitapp.records import Notice, NoticeContact, Setting, User, new_id
from visitapp.rules.access import REVIEWERS
from visitapp.rules.market.contacts import email_fault
from visitapp.services.context import Desk
from visitapp.standing.recipients import standing_contacts


class NoticeView(Struct, frozen=True, kw_only=True):
    """A notice as a list shows it. `audience` is its name in the policy that is in force."""

    id: str
    setting_id: str
    setting: str
    event: str
    audience_id: str
    audience: str
    district: str
    text: str
    made_at: datetime
    state: str
    recipients: int
    sent_at: datetime | None
    error: str


class ContactView(Struct, frozen=True, kw_only=True):
    """A team that receives notices. An empty `district` stands for all of them."""

    id: str
    audience_id: str
    audience: str
    district: str
    name: str
    email: str


class AudienceView(Struct, frozen=True):
    """An audience of the policy."""

    id: str
    label: str


class Notices:
    """What a person can do with notices."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def notices(self, setting_id: str | None = None) -> list[NoticeView]:
        """The notices of a setting, or of every setting on this device, the newest first."""
        wanted = (
            select(Notice, Setting.name)
            .join(Setting, Setting.id == Notice.setting_id)
            .where(Notice.deleted.is_(False))
            .order_by(Notice.created_at.desc(), Notice.audience, Notice.id.desc())
        )
        if setting_id is not None:
            wanted = wanted.where(Notice.setting_id == setting_id)
        with self._desk.reading() as session:
            labels = self._labels(session)
            return [_shown(notice, name, labels) for notice, name in session.execute(wanted)]

    def notice(self, notice_id: str) -> NoticeView:
        """One notice. Raises NotFound."""
        with self._desk.reading() as session:
            found = session.get(Notice, notice_id)
            setting = session.get(Setting, found.setting_id) if found else None
            if found is None or setting is None:
                raise NotFound(message("There is no such notice on this device."))
            return _shown(found, setting.name, self._labels(session))

    def audiences(self) -> list[AudienceView]:
        """The audiences of the policy in force, in its order."""
        with self._desk.reading() as session:
            return [AudienceView(id_, label) for id_, label in self._labels(session).items()]

    def contacts(self) -> list[ContactView]:
        """Who receives notices, by audience, district and name."""
        with self._desk.reading() as session:
            labels = self._labels(session)
            found = session.execute(select(standing_contacts())).all()
            views = [_contact(row, labels) for row in found]
        return sorted(views, key=lambda one: (one.audience, one.district, one.name, one.id))

    def add_contact(self, audience: str, name: str, email: str = "", district: str = "") -> str:
        """Add a team to an audience; its id.

        Raises NotAllowed for a role that may not, Refused BAD_VALUE for an audience that the policy
        does not have, an empty name and an e-mail address that cannot be one.
        """
        with self._desk.transaction() as session:
            self._require_allowed(session)
            id_ = new_id()
            session.add(
                NoticeContact(
                    id=id_,
                    contact_id=id_,
                    **self._checked(session, audience, name, email, district),
                )
            )
            return id_

    def edit_contact(
        self,
        contact_id: str,
        *,
        name: str | None = None,
        email: str | None = None,
        district: str | None = None,
    ) -> None:
        """Change a team; None leaves a field as it is. Raises as `add_contact` does, and
        NotFound."""
        with self._desk.transaction() as session:
            self._require_allowed(session)
            was = _require(session, contact_id)
            values = self._checked(
                session,
                was.audience,
                was.name if name is None else name,
                was.email if email is None else email,
                was.district if district is None else district,
            )
            if any(getattr(was, field) != value for field, value in values.items()):
                session.add(NoticeContact(contact_id=contact_id, **values))

    def remove_contact(self, contact_id: str) -> None:
        """Stop sending to a team. Raises NotAllowed and NotFound."""
        with self._desk.transaction() as session:
            self._require_allowed(session)
            was = _require(session, contact_id)
            kept = {name: getattr(was, name) for name in ("audience", "district", "name", "email")}
            session.add(NoticeContact(contact_id=contact_id, active=False, **kept))

    def _labels(self, session: Session) -> dict[str, str]:
        return {one.id: one.label for one in self._desk.policy(session).notices.audiences}

    def _require_allowed(self, session: Session) -> None:
        user = session.get_one(User, self._desk.user_id())
        if user.role not in REVIEWERS:
            raise NotAllowed(
                message("Only a team lead or an administrator can change who receives notices.")
            )

    def _checked(
        self, session: Session, audience: str, name: str, email: str, district: str
    ) -> dict[str, str]:
        name, email, district = (" ".join(text.split()) for text in (name, email, district))
        audiences = self._labels(session)
        if audience not in audiences:
            raise Refused(
                Code.BAD_VALUE,
                message("The policy has no audience “{audience}”.", audience=audience),
                message("Use one of {names}.", names=", ".join(audiences)),
            )
        if not name:
            what = message("Give the name of the team or the role.")
            raise Refused(Code.BAD_VALUE, what, field="name")
        if fault := email_fault(email):
            raise Refused(
                Code.BAD_VALUE,
                fault,
                message("Write one such as brokerage@council.example, or leave it empty."),
                field="email",
            )
        return {"audience": audience, "name": name, "email": email, "district": district}


def _require(session: Session, contact_id: str) -> Row[Any]:
    standing = standing_contacts()
    found = session.execute(
        select(standing).where(standing.c.contact_id == contact_id)
    ).one_or_none()
    if found is None:
        raise NotFound(message("There is no such recipient of notices."))
    return found


def _shown(notice: Notice, setting: str, labels: dict[str, str]) -> NoticeView:
    return NoticeView(
        id=notice.id,
        setting_id=notice.setting_id,
        setting=setting,
        event=notice.event,
        audience_id=notice.audience,
        audience=labels.get(notice.audience, notice.audience),
        district=notice.district,
        text=notice.text,
        made_at=notice.created_at,
        state=notice.state,
        recipients=notice.recipients,
        sent_at=notice.sent_at,
        error=notice.error,
    )


def _contact(contact: Row[Any], labels: dict[str, str]) -> ContactView:
    return ContactView(
        id=contact.contact_id,
        audience_id=contact.audience,
        audience=labels.get(contact.audience, contact.audience),
        district=contact.district,
        name=contact.name,
        email=contact.email,
    )
