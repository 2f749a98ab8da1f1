"""The contracts on which something is to be decided, on a person's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import plural, translate
from visitapp.records import Contract, Provider
from visitapp.rules.market.contract_terms import is_reminded
from visitapp.rules.market_choices import ContractStatus
from visitapp.services.context import Desk
from visitapp.services.contracts.rows import dates_of
from visitapp.services.contributions import Contribution
from visitapp.services.today.items import Mine, Part, TodayItem


def contracts_to_decide(session: Session, desk: Desk, mine: Mine) -> Iterator[TodayItem]:
    """Those of which the person is the officer, when the policy reminds of their end or of the day
    to decide on an extension, the earliest first."""
    found = session.execute(
        select(Contract, Provider.name)
        .join(Provider, Provider.id == Contract.provider_id)
        .where(
            Contract.officer_id == mine.user.id,
            Contract.deleted.is_(False),
            Contract.status != ContractStatus.ENDED,
        )
        .order_by(Contract.number, Contract.id)
    ).all()
    lines = [_line(contract, provider, mine) for contract, provider in found]
    yield from (line for _, line in sorted(filter(None, lines), key=lambda one: one[0]))


def _line(contract: Contract, provider: str, mine: Mine) -> tuple[date, TodayItem] | None:
    dates = dates_of(contract, mine.today)
    day = dates.decide_by or dates.ends_on
    if day is None or not is_reminded(day, mine.today, mine.policy.management.reminder_months):
        return None
    decide = translate("decide on the extension by {day}", day=short_day(day))
    left = (day - mine.today).days
    return day, TodayItem(
        part=Part.CONTRACTS,
        id=contract.id,
        title=translate("Contract {number}", number=contract.number),
        detail=" \u00b7 ".join(
            (provider, decide if dates.decide_by else translate("ends {day}", day=short_day(day)))
        ),
        when=plural("{n} day late", "{n} days late", -left)
        if left < 0
        else plural("in {n} day", "in {n} days", left),
        late=left < 0,
        step=translate("See the contracts"),
        page="contracts",
    )


CONTRIBUTION = Contribution(today=[contracts_to_decide])
