"""What documents contribute to the portfolio, and how one is found."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Subquery, func, select, union_all
from sqlalchemy.orm import aliased

from visitapp.records import ContractSetting, Document, Setting
from visitapp.rules.market.documents import SOON
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.documents.finds import DOCUMENTS
from visitapp.services.views.settings import PortfolioRow
from visitapp.standing.by_setting import Found


def _first_to_expire(question: PortfolioQuestion) -> list[Subquery]:
    """By setting, the first day on which a document of it expires, or one of its provider or a
    contract that it is under."""
    later = aliased(Document)
    replaced = select(later.instead_of_id).where(
        later.deleted.is_(False), later.withdrawn_on.is_(None), later.instead_of_id.is_not(None)
    )
    dated = (
        select(
            *(Document.setting_id, Document.provider_id, Document.contract_id),
            Document.expires_on.label("day"),
        )
        .where(
            Document.deleted.is_(False),
            Document.withdrawn_on.is_(None),
            Document.expires_on <= question.today + SOON,
            Document.id.not_in(replaced),
        )
        .subquery()
    )
    own = select(dated.c.setting_id, dated.c.day).where(dated.c.setting_id.is_not(None))
    of_provider = select(Setting.id, dated.c.day).join(
        dated, dated.c.provider_id == Setting.provider_id
    )
    of_contract = (
        select(ContractSetting.setting_id, dated.c.day)
        .join(dated, dated.c.contract_id == ContractSetting.contract_id)
        .where(ContractSetting.ended.is_(False), ContractSetting.deleted.is_(False))
    )
    every = union_all(own, of_provider, of_contract).subquery()
    first = func.min(every.c.day).label("document_due")
    return [select(every.c.setting_id, first).group_by(every.c.setting_id).subquery()]


def _fields(found: Found) -> dict[str, Any]:
    return {"document_due": found["document_due"]}


def _is_due(row: PortfolioRow, today: date) -> bool:
    return row.more.get("document_due") is not None


CONTRIBUTION = Contribution(
    portfolio=PortfolioPart(
        queries=_first_to_expire, fields=_fields, filters={"documents": _is_due}
    ),
    finds=[DOCUMENTS],
)
