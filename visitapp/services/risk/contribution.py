"""What risk contributes to the portfolio: as the server recorded it last night, and as assessed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Subquery

from visitapp.records import Rag
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.risk.known import quality_of
from visitapp.services.settings.rag_order import RAG_ORDER
from visitapp.services.views.settings import PortfolioRow
from visitapp.standing.by_setting import Found
from visitapp.standing.risk.scores import last_results


def _fields(found: Found) -> dict[str, Any]:
    live_rag, live_percent = quality_of(found["live_results"])
    return {
        "live_rag": live_rag,
        "live_percent": live_percent,
        "live_on": found["live_on"],
        "risk_rag": found["risk_rag"] or "",
        "risk_percent": found["risk_percent"],
        "risk_on": found["risk_on"],
    }


def _is_high(row: PortfolioRow, today: date) -> bool:
    return Rag.RED in (row.live_rag, row.risk_rag)


def _by_risk(row: PortfolioRow) -> tuple[int, int] | None:
    """The highest risk first, as the list shows it; of one colour the lowest score, then what has
    no score."""
    rag, percent = row.risk
    if not rag:
        return None
    return RAG_ORDER[rag], 101 if percent is None else percent


def _recorded(question: PortfolioQuestion) -> list[Subquery]:
    return [last_results(question.today)]


CONTRIBUTION = Contribution(
    portfolio=PortfolioPart(
        queries=_recorded,
        fields=_fields,
        filters={"high_risk": _is_high},
        orders={"risk": _by_risk},
    )
)
