"""How a campaign is found by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Campaign
from visitapp.rules.visiting.campaigns import CampaignTurn
from visitapp.services.campaigns.queries import running_ids
from visitapp.services.finding.sources import FindSource, Found

_CAMPAIGNS = (
    select(Campaign.id, Campaign.title)
    .where(Campaign.turn == CampaignTurn.STARTED, Campaign.deleted.is_(False))
    .order_by(Campaign.ends_on.desc())
)


def _words(session: Session) -> Iterator[tuple[str, str]]:
    return ((row.id, row.title) for row in session.execute(_CAMPAIGNS))


def _shown(session: Session, ids: Sequence[str]) -> Iterator[Found]:
    running = running_ids(session)
    rows = session.execute(_CAMPAIGNS.add_columns(Campaign.ends_on).where(Campaign.id.in_(ids)))
    for id_, title, ends_on in rows:
        state = translate("Running") if id_ in running else translate("Ended")
        until = translate("until {day}", day=short_day(ends_on))
        yield Found("campaign", id_, title, (state, until))


CAMPAIGNS = FindSource(Campaign, _words, _shown)
