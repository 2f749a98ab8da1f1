"""The one query behind the portfolio and the Setting page's head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session

from visitapp.records import Provider, Setting
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.visiting.attention import is_due_soon, needs_attention
from visitapp.rules.visiting.due import Due
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.settings.merged_rows import both
from visitapp.services.views.settings import PortfolioRow
from visitapp.standing.by_setting import Found, by_setting
from visitapp.standing.due import due_queries, dues_of
from visitapp.standing.merged import merged_roots, together

_DECLARED = frozenset(PortfolioRow.__struct_fields__)


def portfolio_rows(
    session: Session,
    question: PortfolioQuestion,
    contributions: Sequence[Contribution],
    setting_id: str | None = None,
) -> list[PortfolioRow]:
    """Every setting (or the one named) in no particular order, with the part of each subject."""
    parts = [one.portfolio for one in contributions if one.portfolio is not None]
    queries = [*due_queries(question.quality_forms, question.policy), _shown()]
    queries += [query for part in parts for query in _queries(part, question)]
    roots = merged_roots(session)
    wanted = None if setting_id is None else together(roots, setting_id)
    found = by_setting(session, queries, wanted)
    dues = dues_of(found, question.policy, roots)
    fields = {id_: _fields(own, parts) for id_, own in found.items()}
    for merged, root in roots.items():
        if merged in fields and root in fields:
            fields[root] = both(fields[root], fields[merged])
    return [
        _row(own, fields[id_], question, next(iter(dues.get(id_, ())), None))
        for id_, own in found.items()
        if setting_id is None or id_ == setting_id
    ]


@lru_cache(maxsize=64)
def _queries(part: PortfolioPart, question: PortfolioQuestion) -> Sequence[Subquery]:
    """Of one subject, kept: the same question is asked all day."""
    return part.queries(question)


@cache
def _shown() -> Subquery:
    """What a row shows of a setting beside what its due visits are read from."""
    return (
        select(
            Setting.id.label("setting_id"),
            Setting.name,
            Setting.beds,
            Setting.location_id,
            Setting.postcode,
            Setting.closed_on,
            Setting.merged_into_id,
            Provider.name.label("provider"),
        )
        .outerjoin(Provider, Provider.id == Setting.provider_id)
        .subquery()
    )


def rows_by_setting(
    session: Session, desk: Desk, contributions: Sequence[Contribution]
) -> dict[str, PortfolioRow]:
    """Every setting on the desk, closed ones included, by its id."""
    question = PortfolioQuestion(desk.today(), desk.quality_forms(), desk.policy(session))
    rows = portfolio_rows(session, question, contributions)
    return {row.setting_id: row for row in rows}


def row_of(
    session: Session, desk: Desk, contributions: Sequence[Contribution], setting_id: str
) -> PortfolioRow:
    """One setting as it stands now."""
    question = PortfolioQuestion(desk.today(), desk.quality_forms(), desk.policy(session))
    (row,) = portfolio_rows(session, question, contributions, setting_id)
    return row


def _fields(found: Found, parts: Iterable[PortfolioPart]) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.fields(found).items()}


def _row(
    found: Found,
    fields: dict[str, Any],
    question: PortfolioQuestion,
    next_visit: Due | None,
) -> PortfolioRow:
    is_open = found["status"] == SettingStatus.OPEN
    due, rules = next_visit.due_on if next_visit else None, question.policy.visits
    most_moved = fields.get("most_moved", 0)
    known = {name: value for name, value in fields.items() if name != "most_moved"}
    return PortfolioRow(
        setting_id=found["setting_id"],
        name=found["name"],
        service_type=found["service_type"],
        provider=found["provider"] or "",
        beds=found["beds"],
        regulator_overall=found["regulator_overall"],
        regulator_published=found["regulator_published"],
        location_id=found["location_id"],
        postcode=found["postcode"],
        status=found["status"],
        closed_on=found["closed_on"],
        merged_into_id=found["merged_into_id"],
        next_due=due,
        next_visit=next_visit,
        due_soon=due is not None and is_due_soon(due, question.today, rules.due_soon_days),
        needs_attention=is_open
        and needs_attention(fields["rag"], due, fields["overdue_actions"], question.today),
        moved_often=is_open and most_moved >= rules.moves_to_lead,
        more={name: value for name, value in known.items() if name not in _DECLARED},
        **{name: value for name, value in known.items() if name in _DECLARED},
    )
