"""Indicators from the action plan of a setting."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Action
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.rules.indicators import Filled
from visitapp.standing.indicators.reading import Reader, Reading


def _overdue(reading: Reading) -> Filled:
    """How many open actions are past their due date."""
    count = reading.session.scalar(
        select(func.count())
        .select_from(Action)
        .where(
            Action.setting_id.in_(reading.setting_ids()),
            Action.deleted.is_(False),
            Action.status.in_(OPEN_STATUSES),
            Action.due_on < reading.today,
        )
    )
    origin = translate("The action plan on {day}.", day=short_day(reading.today))
    return Filled(value=count or 0, origin=origin, at=reading.today)


READERS: Mapping[str, Reader] = {"actions.overdue": _overdue}
