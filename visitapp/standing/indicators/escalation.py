"""Indicators from the escalation of a setting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Escalation, Step
from visitapp.rules.escalation.decision import ladder_decision
from visitapp.rules.escalation.states import Rung, Turn
from visitapp.rules.indicators import Filled
from visitapp.rules.visiting.due import add_months
from visitapp.standing.indicators.reading import Reader, Reading

_MONTHS = 12


def _default_notice(reading: Reading) -> Filled | None:
    """Whether a default notice is open, or was served in the last twelve months. None while the
    setting was never escalated here, as that says nothing."""
    steps = reading.session.scalars(
        select(Step)
        .where(
            Step.kind == Escalation.__tablename__,
            Step.setting_id.in_(reading.setting_ids()),
            Step.accepted.is_(True),
            Step.deleted.is_(False),
        )
        .order_by(Step.created_at, Step.id)
    ).all()
    if not steps:
        return None
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
    since = add_months(reading.today, -_MONTHS) + timedelta(days=1)
    if still:
        return _filled("open", min(still.values()))
    if served is not None and served >= since:
        return _filled("closed", served)
    return Filled(
        value="none",
        origin=translate("Our record of escalation on {day}.", day=short_day(reading.today)),
        at=reading.today,
    )


def _filled(value: str, day: date) -> Filled:
    origin = translate("The default notice of {day}.", day=short_day(day))
    return Filled(value=value, origin=origin, at=day)


READERS: Mapping[str, Reader] = {"escalation.default_notice": _default_notice}
