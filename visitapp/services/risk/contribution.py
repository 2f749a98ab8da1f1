"""What risk assessments contribute to the portfolio."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row, Subquery, select
from sqlalchemy.orm import aliased

from visitapp.records import Purpose, Rag, Visit
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.settings.rag_order import RAG_ORDER
from visitapp.services.views.settings import PortfolioRow
from visitapp.standing.visits import ranked_visits


def _last_assessments(question: PortfolioQuestion) -> list[Subquery]:
    """By whichever model: the last word on the risk of a setting."""
    ranked = ranked_visits(Visit.purpose == Purpose.RISK_ASSESSMENT)
    risk = aliased(Visit)
    return [
        select(
            risk.setting_id,
            risk.outcome["overall"].as_string().label("risk_rag"),
            risk.outcome["percent"].as_integer().label("risk_percent"),
            risk.visited_on.label("risk_on"),
        )
        .join(ranked, ranked.c.id == risk.id)
        .where(ranked.c.place == 1)
        .subquery()
    ]


def _fields(found: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {
        "risk_rag": found.risk_rag or "",
        "risk_percent": found.risk_percent,
        "risk_on": found.risk_on,
    }


def _is_high(row: PortfolioRow, today: date) -> bool:
    return row.risk_rag == Rag.RED


def _by_risk(row: PortfolioRow) -> tuple[int, int] | None:
    """The highest risk first; of one colour the lowest score, then what has no score."""
    if not row.risk_rag:
        return None
    return RAG_ORDER[row.risk_rag], 101 if row.risk_percent is None else row.risk_percent


CONTRIBUTION = Contribution(
    portfolio=PortfolioPart(
        queries=_last_assessments,
        fields=_fields,
        filters={"high_risk": _is_high},
        orders={"risk": _by_risk},
    )
)
