"""The time limits of concerns on a person's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.language import plural, translate
from visitapp.records import Concern
from visitapp.rules.access import REVIEWERS
from visitapp.services.concerns.queries import concern_rows
from visitapp.services.concerns.views import ConcernFilter
from visitapp.services.concerns.words import due_words
from visitapp.services.context import Desk
from visitapp.services.today.items import Mine, NextStep, Part, TodayItem

SOON = timedelta(days=2)
"""How far ahead a limit is shown: today, tomorrow and the day after."""


def limits_of_the_day(session: Session, desk: Desk, mine: Mine) -> Iterator[TodayItem]:
    """Those past or due soon at the person's settings, or that they handle; for a lead one line for
    the late ones of others."""
    settings = set(session.scalars(mine.settings))
    handled = set(session.scalars(select(Concern.id).where(Concern.handler_id == mine.user.id)))
    others = 0
    for row in concern_rows(session, ConcernFilter(state="open"), mine.policy, mine.now):
        if row.next_due is None or not (row.late or row.next_due <= mine.today + SOON):
            continue
        if row.setting_id not in settings and row.id not in handled:
            others += row.late
            continue
        yield TodayItem(
            part=Part.CONCERNS,
            id=row.id,
            title=due_words(row),
            detail=" \u00b7 ".join((row.title, row.setting)),
            when=_when(row.late, due_today=row.next_due == mine.today),
            late=row.late,
            may_wait=False,
            step=translate("Take it further…"),
            does=NextStep.CONCERN,
            target=row.id,
        )
    if others and mine.user.role in REVIEWERS:
        yield TodayItem(
            part=Part.CONCERNS,
            id="late",
            title=plural(
                "{n} concern of your officers is past its time limit",
                "{n} concerns of your officers are past their time limit",
                others,
            ),
            late=True,
            step=translate("See the concerns"),
            page="concerns",
        )


def _when(late: bool, *, due_today: bool) -> str:
    if late:
        return translate("Late")
    return translate("Today") if due_today else ""
