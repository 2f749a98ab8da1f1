"""Contracts, and the settings under them."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Synced, choice, free_text, identifier, parent, user
from visitapp.records.ids import contract_setting_id
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, DerivedId, Joint, Kind, Restore, Scope
from visitapp.rules.market.contract_life import CONTRACT
from visitapp.rules.market_choices import (
    ContractStatus,
    Funding,
    ManagementLevel,
    Route,
    VolumeUnit,
)


class Contract(Synced, Base):
    """What the council buys from a provider for one or more settings; has one named officer.

    From `status` on, every field is derived from its steps (`rules.market.contract_life`).
    `service_types` are separated by commas, `extension_months` by plus signs. `yearly_cost` and the
    insurance levels are in pounds, `our_share` in per cent. `decide_months`: how long before its
    end an extension must be decided. The three `management_` fields override the level that the
    rules give it (`rules.market.management`).
    """

    __tablename__ = "contract"
    __kind__ = Kind(
        scope=Scope.CONTRACT,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_contract,
        judged=frozenset({"starts_on", "ends_on"}),
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.LEADS,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=NONE,
        lifecycle=CONTRACT,
    )

    provider_id: Mapped[str] = parent("provider.id", same_setting=False)
    number: Mapped[str] = free_text(40)
    title: Mapped[str] = free_text(250, default="")
    officer_id: Mapped[str | None] = user()
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    service_types: Mapped[str] = identifier(250, default="")
    route: Mapped[str | None] = choice(Route)
    lot: Mapped[str] = free_text(60, default="")
    tier: Mapped[str] = free_text(60, default="")
    zone: Mapped[str] = free_text(120, default="")
    yearly_cost: Mapped[int | None]
    funding: Mapped[str | None] = choice(Funding)
    lead_commissioner: Mapped[str] = free_text(120, default="")
    our_share: Mapped[int | None]
    extension_months: Mapped[str] = identifier(40, default="")
    decide_months: Mapped[int | None]
    notice_months: Mapped[int | None]
    review_months: Mapped[int | None]
    key_supplier: Mapped[bool] = mapped_column(default=False)
    hard_to_replace: Mapped[bool] = mapped_column(default=False)
    deed: Mapped[bool] = mapped_column(default=False)
    public_liability: Mapped[int | None]
    employers_liability: Mapped[int | None]
    professional_indemnity: Mapped[int | None]
    management_level: Mapped[str | None] = choice(ManagementLevel)
    management_reason: Mapped[str] = free_text(default="")
    management_review_on: Mapped[date | None]
    status: Mapped[str] = choice(ContractStatus, default=ContractStatus.LIVE, index=True)
    extended_to: Mapped[date | None]
    ended_on: Mapped[date | None]


class ContractSetting(Synced, Base):
    """A setting under a contract, from one day on. Its id is
    `ids.contract_setting_id(contract, setting, starts_on)`.

    It belongs to the setting, so that a contract arrives with the first of its settings. An `ended`
    one no longer gives the contract's officer sight of the setting: a person ends it, or the
    nightly work after `ends_on`, never time alone. `price_pence` is for one `unit`.
    """

    __tablename__ = "contract_setting"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_contract,
        judged=frozenset({"starts_on", "ends_on"}),
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.LEADS,
        derived_id=DerivedId(contract_setting_id, ("contract_id", "setting_id", "starts_on")),
        adopted=False,
        append_only=False,
        fixed=frozenset({"setting_id", "contract_id", "starts_on"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    contract_id: Mapped[str] = parent("contract.id", same_setting=False)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    ended: Mapped[bool] = mapped_column(default=False)
    volume: Mapped[int | None]
    unit: Mapped[str | None] = choice(VolumeUnit)
    price_pence: Mapped[int | None]
