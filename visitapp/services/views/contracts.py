"""What services hand out about contracts: plain values, detached from the database."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from visitapp.services.providers.views import ContactView
from visitapp.services.views.places import ContractSettingView
from visitapp.services.views.settings import RatingView


class ContractRow(Struct, frozen=True, kw_only=True):
    """One contract in a list. `phase` is mobilising, live, extended, ending or ended; `ends_on` the
    end as it was extended last; `decide_by` the last day to decide on the next extension;
    `settings` how many are under it now, on this device; `near`: something is due within a year;
    `past_end`: it is past its end and nobody ended it; `rag` the contract rating; costs
    are in pounds."""

    id: str
    number: str
    title: str
    provider_id: str
    provider: str
    officer_id: str | None
    officer: str
    phase: str
    starts_on: date | None
    ends_on: date | None
    decide_by: date | None
    yearly_cost: int | None
    settings: int
    rag: str
    key_supplier: bool
    level: str
    overridden: bool
    near: bool
    past_end: bool
    mine: bool


class LevelView(Struct, frozen=True, kw_only=True):
    """The management level of a contract: the one that counts, the one that the rules give, and the
    sentences why. `reason` and `review_on` belong to one that was set by a person; `review_due`:
    its review is due."""

    level: str
    by_rules: str
    reasons: list[str]
    overridden: bool = False
    reason: str = ""
    review_on: date | None = None
    review_due: bool = False


class ContractStep(Struct, frozen=True, kw_only=True):
    """One decision on a contract, newest first in a list. `after` is the state it came to, `until`
    the date that goes with it."""

    at: datetime
    by: str
    after: str
    day: date | None
    until: date | None
    reason: str


class ContractView(Struct, frozen=True, kw_only=True):
    """Everything that a page shows of a contract. `first_end` is the end that was agreed first,
    `possible_ends` those that the options not yet taken would give. Costs are in pounds."""

    row: ContractRow
    service_types: list[str]
    route: str
    lot: str
    tier: str
    zone: str
    yearly_cost: int | None
    funding: str
    lead_commissioner: str
    our_share: int | None
    first_end: date | None
    extended_to: date | None
    ended_on: date | None
    extension_months: str
    possible_ends: list[date]
    decide_months: int | None
    notice_months: int | None
    review_months: int | None
    hard_to_replace: bool
    deed: bool
    public_liability: int | None
    employers_liability: int | None
    professional_indemnity: int | None
    people: int | None
    level: LevelView
    rating: RatingView
    settings: list[ContractSettingView]
    past_settings: list[ContractSettingView]
    contacts: list[ContactView]
    steps: list[ContractStep]
    next_states: list[str]
