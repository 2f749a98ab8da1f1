"""Indicators from the escalation of a setting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, select

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Escalation, Step
from visitapp.rules.escalation.decision import ladder_decision
from visitapp.rules.escalation.states import Rung, Turn
from visitapp.rules.indicators import Filled
from visitapp.rules.visiting.due import add_months
from visitapp.standing.indicators.reading import Reader, Reading

_MONTHS = 12


def _default_notices(reading: Reading) -> dict[str, Filled]:
    """Whether a default notice is open, or was served in the last twelve months. Nothing while a
    setting was never escalated here, as that says nothing."""
    rows = reading.session.execute(
        select(Step.setting_id, Step.fields, Step.day, Step.created_at)
        .where(
            Step.kind == Escalation.__tablename__,
            reading.about(Step.setting_id),
            Step.accepted.is_(True),
            Step.deleted.is_(False),
        )
        .order_by(Step.created_at, Step.id)
    )
    return {
        id_: _default_notice(steps, reading.today) for id_, steps in reading.grouped(rows).items()
    }


def _default_notice(steps: Sequence[Row[Any]], today: date) -> Filled:
    still: dict[str, date] = {}
    served: date | None = None
    for step in steps:
        decision = ladder_decision(step.fields["turn"])
        day = step.day or step.created_at.astimezone().date()
        if decision.rung != Rung.DEFAULT_NOTICE or step.setting_id is None:
            continue
        if decision.turn == Turn.OPENED:
            still[step.setting_id] = served = day
        elif decision.turn == Turn.ENDED:
            still.pop(step.setting_id, None)
    since = add_months(today, -_MONTHS) + timedelta(days=1)
    if still:
        return _filled("open", min(still.values()))
    if served is not None and served >= since:
        return _filled("closed", served)
    return Filled(
        value="none",
        origin=translate("Our record of escalation on {day}.", day=short_day(today)),
        at=today,
    )


def _filled(value: str, day: date) -> Filled:
    origin = translate("The default notice of {day}.", day=short_day(day))
    return Filled(value=value, origin=origin, at=day)


READERS: Mapping[str, Reader] = {"escalation.default_notice": _default_notices}
