"""Covers and hand-overs, and the days on which they begin and end."""

from __future__ import annotations

from datetime import timedelta

from sync.server.operations.nightly import run_nightly
from tests.support.sync.council import Council, Device
from visitapp.records import Cover, HandOver, Setting


def next_day(council: Council, days: int = 1) -> list[str]:
    """Days pass, and the server does its daily work; what it says of it."""
    council.clock.now += timedelta(days=days)
    return list(run_nightly(council.database, council.clock))


def arrange_cover(council: Council, lead: Device, home: str, deputy: str, days: int) -> None:
    """Let somebody cover a home from today, unless the lead does not have it."""
    if lead.get(Setting, home) is None:
        return
    today = council.clock.now.date()
    ends_on = today + timedelta(days=days)
    lead.add(Cover(setting_id=home, deputy_id=deputy, starts_on=today, ends_on=ends_on))


def hand_over(council: Council, lead: Device, home: str, to: str) -> None:
    """Hand a home over today, unless the lead does not have it."""
    setting = lead.get(Setting, home)
    if setting is None:
        return
    lead.add(
        HandOver(
            setting_id=home,
            from_officer_id=setting.officer_id,
            to_officer_id=to,
            starts_on=council.clock.now.date(),
        )
    )
