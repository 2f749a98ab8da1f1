"""What providers contribute: how one is found by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.language import plural
from visitapp.records import Provider, Setting
from visitapp.services.contributions import Contribution
from visitapp.services.finding.sources import FindSource, Found


def _words(session: Session) -> Iterator[tuple[str, str]]:
    query = select(Provider.id, Provider.name, Provider.number).where(Provider.deleted.is_(False))
    for id_, name, number in session.execute(query.order_by(Provider.name, Provider.id)):
        yield id_, f"{name} {number}"


def _shown(session: Session, ids: Sequence[str]) -> Iterator[Found]:
    held = (
        select(Setting.provider_id, func.count().label("settings"))
        .where(Setting.deleted.is_(False))
        .group_by(Setting.provider_id)
        .subquery()
    )
    query = (
        select(Provider.id, Provider.name, func.coalesce(held.c.settings, 0))
        .outerjoin(held, held.c.provider_id == Provider.id)
        .where(Provider.id.in_(ids))
    )
    for id_, name, settings in session.execute(query):
        yield Found("provider", id_, name, (plural("{n} setting", "{n} settings", settings),))


CONTRIBUTION = Contribution(finds=[FindSource(Provider, _words, _shown)])
