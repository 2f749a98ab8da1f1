"""The facts of settings as values, by their kind, and the people whom they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, select, union_all
from sqlalchemy.orm import Session

from visitapp.records import Contact, Setting, SettingFact, User
from visitapp.rules.market.setting_facts import Fact
from visitapp.rules.market_choices import FactKind

_PERSONS = (FactKind.MANAGER, FactKind.OWNER, FactKind.LANDLORD, FactKind.NOMINATED_INDIVIDUAL)


def facts_of(session: Session, setting_ids: Collection[str]) -> dict[str, list[Fact]]:
    """The facts of settings, corrected ones among them, by kind."""
    found = session.scalars(
        select(SettingFact).where(
            SettingFact.setting_id.in_(setting_ids), SettingFact.deleted.is_(False)
        )
    )
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for fact in found:
        by_kind[fact.kind].append(
            Fact(
                id=fact.id,
                content=fact.content,
                starts_on=fact.starts_on,
                ends_on=fact.ends_on,
                as_of=fact.as_of,
                made_at=fact.created_at,
                corrects_id=fact.corrects_id,
            )
        )
    return by_kind


def people_around(where: Session | Connection, setting_id: str) -> list[str]:
    """The names of who works at a setting or its provider, by the records, and of every user."""
    provider = select(Setting.provider_id).where(Setting.id == setting_id)
    facts = select(SettingFact.content).where(
        SettingFact.setting_id == setting_id, SettingFact.kind.in_(_PERSONS)
    )
    contacts = select(Contact.name).where(Contact.provider_id.in_(provider))
    found = where.execute(union_all(select(User.title), facts, contacts)).scalars()
    return sorted(set(found) - {""})
