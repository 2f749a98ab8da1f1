"""The facts of settings as values, by their kind, and the people whom they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, union_all
from sqlalchemy.orm import Session

from visitapp.records import Contact, Setting, SettingFact, User
from visitapp.rules.market.setting_facts import Fact
from visitapp.rules.market_choices import FactKind

_PERSONS = (FactKind.MANAGER, FactKind.OWNER, FactKind.LANDLORD, FactKind.NOMINATED_INDIVIDUAL)


def facts_of(session: Session, setting_ids: Collection[str]) -> dict[str, list[Fact]]:
    """The facts of settings, corrected ones among them, by kind."""
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for own in facts_by_setting(session, lambda column: column.in_(setting_ids)).values():
        for kind, facts in own.items():
            by_kind[kind] += facts
    return by_kind


def facts_by_setting(
    session: Session, about: Callable[[Any], ColumnElement[bool]]
) -> dict[str, dict[str, list[Fact]]]:
    """The facts of settings, corrected ones among them, by setting and kind. `about`: whether the
    id of a setting is one that is wanted."""
    rows = session.execute(
        select(
            SettingFact.setting_id,
            SettingFact.kind,
            SettingFact.id,
            SettingFact.content,
            SettingFact.starts_on,
            SettingFact.ends_on,
            SettingFact.as_of,
            SettingFact.created_at.label("made_at"),
            SettingFact.corrects_id,
        ).where(about(SettingFact.setting_id), SettingFact.deleted.is_(False))
    )
    found: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        values = row._asdict()
        setting_id, kind = values.pop("setting_id"), values.pop("kind")
        found[setting_id][kind].append(Fact(**values))
    return found


def people_around(where: Session | Connection, setting_id: str) -> list[str]:
    """The names of who works at a setting or its provider, by the records, and of every user."""
    provider = select(Setting.provider_id).where(Setting.id == setting_id)
    facts = select(SettingFact.content).where(
        SettingFact.setting_id == setting_id, SettingFact.kind.in_(_PERSONS)
    )
    contacts = select(Contact.name).where(Contact.provider_id.in_(provider))
    found = where.execute(union_all(select(User.title), facts, contacts)).scalars()
    return sorted(set(found) - {""})
