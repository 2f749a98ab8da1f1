"""What risk assessments contribute to the portfolio."""

from __future__ import annotations

from datetime import date
from typing import Any

from visitapp.records import Rag
from visitapp.services.contributions import Contribution, PortfolioPart
from visitapp.services.settings.rag_order import RAG_ORDER
from visitapp.services.views.settings import PortfolioRow
from visitapp.standing.by_setting import Found


def _fields(found: Found) -> dict[str, Any]:
    return {
        "risk_rag": found["risk_rag"] or "",
        "risk_percent": found["risk_percent"],
        "risk_on": found["risk_on"],
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
        fields=_fields,
        filters={"high_risk": _is_high},
        orders={"risk": _by_risk},
    )
)
