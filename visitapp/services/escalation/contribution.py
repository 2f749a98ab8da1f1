"""What the ladder contributes: to a timeline, the risk models, the portfolio and its search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session

from visitapp.records import Escalation, Setting
from visitapp.rules.escalation.states import EscalationStatus
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.escalation.queries import decision_title, decisions_of
from visitapp.services.views.settings import PortfolioRow, TimelineEntry
from visitapp.standing.by_setting import Found
from visitapp.vocabulary import choice_word


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    for step, decision in decisions_of(session, setting.id):
        what = f"{decision_title(decision)}."
        yield TimelineEntry(at=step.created_at, what=what, detail=step.reason)


def _queries(question: PortfolioQuestion) -> list[Subquery]:
    return [
        select(
            Escalation.setting_id,
            Escalation.status.label("escalation"),
            Escalation.next_on.label("escalation_next_on"),
        )
        .where(
            Escalation.deleted.is_(False),
            Escalation.status != EscalationStatus.NOT_ESCALATED,
        )
        .subquery()
    ]


def _fields(found: Found) -> dict[str, Any]:
    if not found["escalation"]:
        return {}
    return {"escalation": found["escalation"], "escalation_next_on": found["escalation_next_on"]}


def _step(row: PortfolioRow) -> str:
    return str(row.more.get("escalation", ""))


def _found_by(row: PortfolioRow) -> list[str]:
    return [choice_word(EscalationStatus, _step(row))] if _step(row) else []


_ORDER = {status.value: place for place, status in enumerate(EscalationStatus)}

CONTRIBUTION = Contribution(
    timeline=_timeline,
    portfolio=PortfolioPart(
        queries=_queries,
        fields=_fields,
        filters={"escalated": lambda row, today: bool(_step(row))},
        orders={"escalation": lambda row: -_ORDER[_step(row)] if _step(row) else None},
    ),
    found_by=_found_by,
)
