"""The actions that wait for the officer's word."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Action, ActionStatus, Evidence, Setting
from visitapp.services.context import Desk
from visitapp.services.today.items import Mine, NextStep, Part, TodayItem


def actions_to_verify(session: Session, desk: Desk, mine: Mine) -> Iterator[TodayItem]:
    """Those that the provider says are done, the longest waiting first."""
    pieces = (
        select(func.count())
        .where(Evidence.action_id == Action.id, Evidence.deleted.is_(False))
        .correlate(Action)
        .scalar_subquery()
    )
    found = session.execute(
        select(Action.id, Action.title, Action.setting_id, Action.done_on, Setting.name)
        .add_columns(pieces.label("pieces"))
        .join(Setting, Setting.id == Action.setting_id)
        .where(
            Action.setting_id.in_(mine.settings),
            Action.deleted.is_(False),
            Action.status == ActionStatus.DONE,
        )
        .order_by(Action.done_on, Action.id)
    )
    for row in found:
        done = translate("done {day}", day=short_day(row.done_on)) if row.done_on else ""
        shown = translate("evidence attached") if row.pieces else translate("nothing attached")
        yield TodayItem(
            part=Part.VERIFY,
            id=row.id,
            title=row.title,
            detail=" \u00b7 ".join(text for text in (row.name, done, shown) if text),
            step=translate("Verify…"),
            does=NextStep.ACTION,
            target=row.id,
        )
