"""The one query behind the portfolio and the Setting page's head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session

from visitapp.records import Provider, Setting
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.visiting.attention import is_due_soon, needs_attention
from visitapp.rules.visiting.due import Due
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.settings.merged_rows import both
from visitapp.services.views.settings import PortfolioRow
from visitapp.standing.due import visits_due
from visitapp.standing.merged import merged_roots
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
    Setting.status,
    Setting.closed_on,
    Setting.merged_into_id,
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
    roots = merged_roots(session)
    if setting_id is not None:
        wanted = [setting_id, *(id_ for id_, root in roots.items() if root == setting_id)]
        found = found.where(Setting.id.in_(wanted))
    dues = visits_due(session, question.policy, question.quality_forms, setting_id, roots)
    rows = session.execute(found).all()
    fields = {row.id: _fields(row, parts) for row in rows}
    for merged, root in roots.items():
        if merged in fields and root in fields:
            fields[root] = both(fields[root], fields[merged])
    return [
        _row(row, fields[row.id], question, next(iter(dues.get(row.id, ())), None))
        for row in rows
        if setting_id is None or row.id == setting_id
    ]


def rows_by_setting(
    session: Session, desk: Desk, contributions: Sequence[Contribution]
) -> dict[str, PortfolioRow]:
    """Every setting on the desk, closed ones included, by its id."""
    question = PortfolioQuestion(desk.today(), desk.quality_forms(), desk.policy(session))
    rows = portfolio_rows(session, question, contributions)
    return {row.setting_id: row for row in rows}


def _fields(found: Row[*tuple[Any, ...]], parts: Iterable[PortfolioPart]) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.fields(found).items()}


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
    fields: dict[str, Any],
    question: PortfolioQuestion,
    next_visit: Due | None,
) -> PortfolioRow:
    is_open = found.status == SettingStatus.OPEN
    due, rules = next_visit.due_on if next_visit else None, question.policy.visits
    most_moved = fields.get("most_moved", 0)
    known = {name: value for name, value in fields.items() if name != "most_moved"}
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
        status=found.status,
        closed_on=found.closed_on,
        merged_into_id=found.merged_into_id,
        next_due=due,
        next_visit=next_visit,
        due_soon=due is not None and is_due_soon(due, question.today, rules.due_soon_days),
        needs_attention=is_open
        and needs_attention(fields["rag"], due, fields["overdue_actions"], question.today),
        moved_often=is_open and most_moved >= rules.moves_to_lead,
        more={name: value for name, value in known.items() if name not in _DECLARED},
        **{name: value for name, value in known.items() if name in _DECLARED},
    )
