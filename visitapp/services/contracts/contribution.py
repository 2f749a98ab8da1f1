"""What contracts contribute: how one is found by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import Contract, Provider
from visitapp.rules.market_choices import ContractStatus
from visitapp.services.contributions import Contribution
from visitapp.services.finding.sources import FindSource, Found
from visitapp.vocabulary import choice_word

_CONTRACTS = (
    select(Contract.id, Contract.number, Contract.title, Provider.name)
    .join(Provider, Provider.id == Contract.provider_id)
    .where(Contract.deleted.is_(False))
)


def _words(session: Session) -> Iterator[tuple[str, str]]:
    for id_, number, title, provider in session.execute(_CONTRACTS.order_by(Contract.number)):
        yield id_, f"{number} {title} {provider}"


def _shown(session: Session, ids: Sequence[str]) -> Iterator[Found]:
    query = _CONTRACTS.add_columns(Contract.status).where(Contract.id.in_(ids))
    for id_, number, title, provider, status in session.execute(query):
        yield Found("contract", id_, number, (title, provider, choice_word(ContractStatus, status)))


CONTRIBUTION = Contribution(finds=[FindSource(Contract, _words, _shown)])
