"""The one query behind the portfolio and the Setting page's head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session

from visitapp.records import Provider, Setting
from visitapp.rules.visiting.attention import is_due_soon, needs_attention
from visitapp.rules.visiting.due import Due
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.views.settings import PortfolioRow
from visitapp.standing.due import visits_due
from visitapp.standing.ratings import ranked_ratings

_SHOWN = (
    Setting.id,
    Setting.name,
    Setting.service_type,
    Setting.beds,
    Setting.regulator_overall,
    Setting.regulator_published,
    Setting.location_id,
    Setting.postcode,
    Setting.created_at,
)
"""What a row shows of a setting: columns, since whole records take three times as long."""

_DECLARED = frozenset(PortfolioRow.__struct_fields__)


def portfolio_rows(
    session: Session,
    question: PortfolioQuestion,
    contributions: Sequence[Contribution],
    setting_id: str | None = None,
) -> list[PortfolioRow]:
    """Every setting (or the one named) in no particular order, with the part of each subject."""
    parts = [one.portfolio for one in contributions if one.portfolio is not None]
    queries = [query for part in parts for query in part.queries(question)]
    columns = [column for query in queries for column in query.c if column.key != "setting_id"]
    found = (
        select(*_SHOWN, Provider.name.label("provider"), *columns)
        .outerjoin(Provider, Provider.id == Setting.provider_id)
        .where(Setting.deleted.is_(False))
    )
    for query in queries:
        found = found.outerjoin(query, query.c.setting_id == Setting.id)
    if setting_id is not None:
        found = found.where(Setting.id == setting_id)
    dues = visits_due(session, question.policy, question.quality_forms, setting_id)
    return [
        _row(row, parts, question, next(iter(dues.get(row.id, ())), None))
        for row in session.execute(found)
    ]


def rating_changes(session: Session, since: datetime) -> int:
    """How many settings had their rating change to another colour after `since`."""
    ranked = ranked_ratings()
    before = ranked.alias()
    query = (
        select(func.count())
        .select_from(ranked)
        .join(before, and_(before.c.setting_id == ranked.c.setting_id, before.c.place == 2))
        .where(ranked.c.place == 1, ranked.c.since > since, ranked.c.rag != before.c.rag)
    )
    return session.scalar(query) or 0


def _row(
    found: Row[*tuple[Any, ...]],
    parts: Iterable[PortfolioPart],
    question: PortfolioQuestion,
    next_visit: Due | None,
) -> PortfolioRow:
    fields = {name: value for part in parts for name, value in part.fields(found).items()}
    due, rules = next_visit.due_on if next_visit else None, question.policy.visits
    most_moved = fields.pop("most_moved", 0)
    more = {name: fields.pop(name) for name in fields.keys() - _DECLARED}
    return PortfolioRow(
        setting_id=found.id,
        name=found.name,
        service_type=found.service_type,
        provider=found.provider or "",
        beds=found.beds,
        regulator_overall=found.regulator_overall,
        regulator_published=found.regulator_published,
        location_id=found.location_id,
        postcode=found.postcode,
        next_due=due,
        next_visit=next_visit,
        due_soon=due is not None and is_due_soon(due, question.today, rules.due_soon_days),
        needs_attention=needs_attention(
            fields["rag"], due, fields["overdue_actions"], question.today
        ),
        moved_often=most_moved >= rules.moves_to_lead,
        more=more,
        **fields,
    )
