"""When the next visits of settings are due, by the records and the council's policy."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import Connection, and_, select
from sqlalchemy.orm import Session

from visitapp.records import Purpose, Rag, Setting
from visitapp.rules.due import first_visit_due, purpose_due, quality_visit_due
from visitapp.rules.policy.visiting import VisitRules
from visitapp.standing.ratings import ranked_ratings
from visitapp.standing.visits import last_quality_visits


def next_visit_due(
    rules: VisitRules, rag: str | None, last_quality_visit: date | None, joined: datetime
) -> date:
    """The annual date of one setting. `rag`: its quality rating, None where it has none;
    `joined`: when it came into the portfolio."""
    if last_quality_visit is None:
        return first_visit_due(rules, joined.astimezone().date())
    return quality_visit_due(rules, rag or Rag.UNRATED, last_quality_visit)


def visits_due(
    connection: Connection | Session, rules: VisitRules, quality_forms: Collection[str]
) -> dict[str, date]:
    """The annual date of every setting, by its id. `quality_forms`: the ids of the forms that set
    the quality rating."""
    rating, quality = ranked_ratings(), last_quality_visits(quality_forms)
    query = (
        select(Setting.id, rating.c.rag, quality.c.visited_on, Setting.created_at)
        .outerjoin(rating, and_(rating.c.setting_id == Setting.id, rating.c.place == 1))
        .outerjoin(quality, quality.c.setting_id == Setting.id)
        .where(Setting.deleted.is_(False))
    )
    return {
        setting_id: next_visit_due(rules, rag, last, joined)
        for setting_id, rag, last, joined in connection.execute(query)
    }


def purpose_clocks(
    rules: VisitRules, visits: Iterable[tuple[str, date]], rag: str
) -> dict[str, tuple[date, date]]:
    """The last visit of each purpose that the policy gives a clock, and when its next is due.

    visits: the purpose and day of each signed-off visit of a setting; `rag`: its quality rating.
    The clock of an intervention ends when the setting is Green.
    """
    last: dict[str, date] = {}
    for purpose, day in visits:
        last[purpose] = max(day, last.get(purpose, date.min))
    if rag == Rag.GREEN:
        last.pop(Purpose.INTERVENTION, None)
    return {
        purpose: (day, due)
        for purpose, day in sorted(last.items())
        if (due := purpose_due(rules, purpose, day)) is not None
    }
