"""The facts of settings as values, by their kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import SettingFact
from visitapp.rules.market.setting_facts import Fact


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
