"""Campaigns of themed audits."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from visitapp.records.base import Base, Synced, choice, free_text, identifier
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope
from visitapp.rules.visiting.campaigns import CampaignTurn, write_campaign


class Campaign(Synced, Base):
    """One theme looked at in many settings between two days, on one form. The planned visits that
    name it say where (`planned_visit.campaign_id`, the id of the row that started it).

    Written once: a later row with the same `campaign_id` ends it, with the sentence that says what
    came of it, or the reason for withdrawing it, in `words`. The first such row stands.
    """

    __tablename__ = "campaign"
    __kind__ = Kind(
        scope=Scope.COUNCIL,
        readers=NO_VIEWERS,
        writers=access.REVIEWERS,
        write=write_campaign,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=NONE,
        lifecycle=None,
    )

    campaign_id: Mapped[str] = identifier(index=True)
    turn: Mapped[str] = choice(CampaignTurn)
    title: Mapped[str] = free_text(200)
    form_id: Mapped[str] = identifier(80)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    words: Mapped[str] = free_text(default="")
