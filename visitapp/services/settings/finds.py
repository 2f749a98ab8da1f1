"""How a setting is found by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import Provider, Setting
from visitapp.rules.market_choices import SettingStatus
from visitapp.services.finding.sources import FindSource, Found
from visitapp.services.settings.current_rating import standing_rags
from visitapp.vocabulary import choice_word


def _words(session: Session) -> Iterator[tuple[str, str]]:
    is_closed = Setting.status != SettingStatus.OPEN
    query = (
        select(Setting.id, Setting.name, Setting.postcode, Setting.location_id, Provider.name)
        .outerjoin(Provider, Provider.id == Setting.provider_id)
        .where(Setting.deleted.is_(False))
        .order_by(is_closed, Setting.name, Setting.id)
    )
    for id_, name, postcode, location_id, provider in session.execute(query):
        yield id_, f"{name} {postcode} {location_id} {provider or ''}"


def _shown(session: Session, ids: Sequence[str]) -> Iterator[Found]:
    query = (
        select(Setting.id, Setting.name, Setting.postcode, Setting.status, Provider.name)
        .outerjoin(Provider, Provider.id == Setting.provider_id)
        .where(Setting.id.in_(ids))
    )
    rags = standing_rags(session, set(ids))
    for id_, name, postcode, status, provider in session.execute(query):
        state = "" if status == SettingStatus.OPEN else choice_word(SettingStatus, status)
        yield Found("setting", id_, name, (state, provider or "", postcode), rags.get(id_, ""))


SETTINGS = FindSource(Setting, _words, _shown)
