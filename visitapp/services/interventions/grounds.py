"""What the records say for a referral: missed dates, ratings, concerns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import plural, translate
from visitapp.records import Action, ActionStatus, Rag, Setting
from visitapp.rules.choices import RatingKind
from visitapp.services.actions.queries import action_views
from visitapp.services.context import Desk
from visitapp.services.interventions.figures import CONCERN_DAYS, concerns_before
from visitapp.standing.ratings import rating_rows, standing_on
from visitapp.vocabulary import choice_word

MOST_NAMED = 12


def grounds_of(session: Session, desk: Desk, setting: Setting) -> str:
    """A draft of the evidence for a referral, a line for each fact; empty where there is none."""
    return "\n".join(_lines(session, setting, desk.today()))


def _lines(session: Session, setting: Setting, today: date) -> Iterator[str]:
    rows = rating_rows(session, RatingKind.QUALITY, setting.id)
    rating = standing_on(rows, today)
    if rating is not None and rating.rag != Rag.GREEN:
        yield translate(
            "Rated {rag} on {day}.",
            rag=choice_word(Rag, rating.rag),
            day=short_day(rating.visited_on),
        )
    live = [
        one
        for one in action_views(session, today, Action.setting_id == setting.id)
        if one.status != ActionStatus.WITHDRAWN
    ]
    late = sorted((one for one in live if one.overdue_days > 0), key=lambda one: one.due_on)
    if late:
        yield translate("{n} of {all} actions are overdue.", n=len(late), all=len(live))
    for one in late[:MOST_NAMED]:
        yield translate("“{title}” was due {day}.", title=one.title, day=short_day(one.due_on))
    moved = sum(one.moved_count for one in live)
    if moved:
        yield plural("{n} date was moved.", "{n} dates were moved.", moved)
    concerns = concerns_before(session, setting.id, today)
    if concerns:
        yield plural(
            "{n} concern in the last {days} days.",
            "{n} concerns in the last {days} days.",
            concerns,
            days=CONCERN_DAYS,
        )
