"""What services hand out about referrals for support: plain values, detached from the database."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from visitapp.rules.support.effect import Effect


class SupportEvent(Struct, frozen=True, kw_only=True):
    """One step of a referral. `text`: what was offered, what came of it, or why it was declined."""

    on: date
    by: str
    status: str
    text: str


class SupportView(Struct, frozen=True, kw_only=True):
    """A referral for support. `effect_on`: the first day on which its effect is known, None until
    it is taken up; `to_review`: that day has come, and nobody has said what came of it.
    `next_states`: what the person may bring it to."""

    id: str
    setting_id: str
    setting: str
    theme: str
    theme_label: str
    partner: str
    asked_for: str
    asked_on: date
    asked_by: str
    offered_on: date | None
    taken_up_on: date | None
    ended_on: date | None
    status: str
    effect: Effect
    effect_on: date | None
    to_review: bool
    next_states: list[str]
    events: list[SupportEvent]
