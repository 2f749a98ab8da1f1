"""The people whom the records name, for device and server alike."""

from __future__ import annotations

from sqlalchemy import Connection, select, union_all
from sqlalchemy.orm import Session

from visitapp.records import Contact, Setting, SettingFact, User
from visitapp.rules.market_choices import FactKind

_PERSONS = (FactKind.MANAGER, FactKind.OWNER, FactKind.LANDLORD, FactKind.NOMINATED_INDIVIDUAL)


def people_around(where: Session | Connection, setting_id: str) -> list[str]:
    """The names of who works at a setting or its provider, by the records, and of every user."""
    provider = select(Setting.provider_id).where(Setting.id == setting_id)
    facts = select(SettingFact.content).where(
        SettingFact.setting_id == setting_id, SettingFact.kind.in_(_PERSONS)
    )
    contacts = select(Contact.name).where(Contact.provider_id.in_(provider))
    found = where.execute(union_all(select(User.title), facts, contacts)).scalars()
    return sorted(set(found) - {""})
