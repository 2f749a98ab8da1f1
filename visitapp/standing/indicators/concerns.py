"""Indicators from the concerns about a setting. A restricted one never counts: a risk assessment is
read by everybody who sees the setting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, or_, select, true

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Concern
from visitapp.rules.concerns.states import (
    UPHELD,
    ConcernDecision,
    ConcernKind,
    ConcernStage,
    ConcernStatus,
)
from visitapp.rules.indicators import Filled
from visitapp.rules.policy.casework import ConcernRules
from visitapp.rules.visiting.due import add_months
from visitapp.standing.indicators.reading import Reader, Reading

_MONTHS = 12


def counted_concerns(*columns: Any) -> Select[Any]:
    """The concerns that everybody who sees their setting may count: no restricted one, and no
    compliment."""
    return select(*columns).where(
        Concern.deleted.is_(False),
        Concern.restricted_to.is_(None),
        Concern.kind != ConcernKind.COMPLIMENT,
    )


def cluster_days(rules: ConcernRules) -> Subquery:
    """By setting, the days on which a concern completed a cluster there or joined one, each with a
    comma after it: the SQL of `rules.concerns.clusters`, on a device, for clusters of one setting.
    Those of a provider are not read: not everybody sees all of its settings."""
    day = func.date(Concern.received_at, "localtime").label("day")
    listed = '["' + func.replace(Concern.themes, ",", '","') + '"]'
    theme = func.json_each(listed).table_valued("value", name="theme")
    founded = or_(Concern.decision.is_(None), Concern.decision != ConcernDecision.NOT_SUBSTANTIATED)
    before = func.lag(func.date(Concern.received_at, "localtime"), rules.cluster_count - 1).over(
        partition_by=(Concern.setting_id, theme.c.value),
        order_by=(Concern.received_at, Concern.id),
    )
    each = (
        counted_concerns(Concern.setting_id, day, before.label("first"))
        .join(theme, true())
        .where(founded, Concern.themes != "")
        .subquery()
    )
    lies = func.julianday(each.c.day) - func.julianday(each.c.first) < rules.cluster_days
    days = func.group_concat(each.c.day + ",", "").label("clustered_on")
    return select(each.c.setting_id, days).where(lies).group_by(each.c.setting_id).subquery()


def _count(where: ColumnElement[bool], day_of: str, reading: Reading) -> dict[str, Filled]:
    """How many concerns there are; nothing while none was ever logged, as that says nothing.
    `day_of`: the stage that must lie within the last twelve months, or `received`, or empty."""
    rows = reading.session.execute(
        counted_concerns(
            Concern.setting_id, Concern.received_at, Concern.reached, where.label("counts")
        ).where(reading.about(Concern.setting_id))
    )
    since = add_months(reading.today, -_MONTHS) + timedelta(days=1)
    origin = translate("Our log of concerns on {day}.", day=short_day(reading.today))
    found = {}
    for id_, own in reading.grouped(rows).items():
        days = [_day(one.received_at, one.reached, day_of) for one in own if one.counts]
        count = sum(
            not day_of or (day is not None and since <= day <= reading.today) for day in days
        )
        found[id_] = Filled(value=count, origin=origin, at=reading.today)
    return found


def _day(received_at: Any, reached: Mapping[str, str] | None, day_of: str) -> date | None:
    if day_of in ("", "received"):
        day: date = received_at.astimezone().date()
        return day
    when = (reached or {}).get(day_of)
    return date.fromisoformat(when[:10]) if when else None


_OPEN = Concern.status != ConcernStatus.CLOSED
_UPHELD = Concern.decision.in_([decision.value for decision in UPHELD])

READERS: Mapping[str, Reader] = {
    "concerns.open": partial(_count, _OPEN, ""),
    "concerns.substantiated": partial(_count, _UPHELD, ConcernStage.DECIDED),
    "concerns.safeguarding_decisions": partial(
        _count, Concern.kind == ConcernKind.SAFEGUARDING, ConcernStage.PLANNED
    ),
    "concerns.unexpected_deaths": partial(
        _count, Concern.kind == ConcernKind.UNEXPECTED_DEATH, "received"
    ),
    "concerns.serious_incidents": partial(
        _count, Concern.kind == ConcernKind.SERIOUS_INCIDENT, "received"
    ),
}
