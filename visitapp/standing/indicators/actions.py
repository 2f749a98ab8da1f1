"""Indicators from the action plans of settings."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Action
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.rules.indicators import Filled
from visitapp.standing.indicators.reading import Reader, Reading


def _overdue(reading: Reading) -> dict[str, Filled]:
    """How many open actions are past their due date."""
    rows = reading.session.execute(
        select(Action.setting_id, func.count().label("overdue"))
        .where(
            reading.about(Action.setting_id),
            Action.deleted.is_(False),
            Action.status.in_(OPEN_STATUSES),
            Action.due_on < reading.today,
        )
        .group_by(Action.setting_id)
    )
    found = reading.grouped(rows)
    origin = translate("The action plan on {day}.", day=short_day(reading.today))
    return {
        id_: Filled(
            value=sum(row.overdue for row in found.get(id_, ())), origin=origin, at=reading.today
        )
        for id_ in reading.settings
    }


READERS: Mapping[str, Reader] = {"actions.overdue": _overdue}
