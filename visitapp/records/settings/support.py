"""Referrals of a theme to the market support partner."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from visitapp.records.base import Base, Synced, choice, free_text, identifier, parent, past_day
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope
from visitapp.rules.support.states import SupportStatus
from visitapp.rules.support.support_life import SUPPORT, partner_fault


class SupportReferral(Synced, Base):
    """A setting for which the council asked a partner for support with a theme, such as training.

    `theme`: the id of one of the policy's. From `status` on, every field is derived from its steps
    (`rules.support.support_life`).
    """

    __tablename__ = "support_referral"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "theme", "asked_on"}),
        lifecycle=SUPPORT,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    theme: Mapped[str] = identifier(80)
    partner: Mapped[str] = free_text(200, fault=partner_fault)
    asked_on: Mapped[date] = past_day()
    asked_for: Mapped[str] = free_text()
    status: Mapped[str] = choice(SupportStatus, default=SupportStatus.ASKED, index=True)
    offered_on: Mapped[date | None]
    taken_up_on: Mapped[date | None]
    ended_on: Mapped[date | None]
