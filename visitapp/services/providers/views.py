"""What services hand out about providers, their groups and whom to call."""

from __future__ import annotations

from msgspec import Struct


class ContactView(Struct, frozen=True, kw_only=True):
    """Whom to call at a provider."""

    id: str
    provider_id: str
    role: str
    name: str
    phone: str
    email: str


class GroupView(Struct, frozen=True, kw_only=True):
    """A group that owns providers; how many of them are on this device."""

    id: str
    name: str
    providers: int


class ProviderRow(Struct, frozen=True, kw_only=True):
    """One provider in a list. `settings` are those that are open, `weak` those of them rated Red or
    Amber; `weak_group`: two or more settings of its group are weak, its own among them."""

    id: str
    name: str
    regulator: str
    number: str
    company_number: str
    kind: str
    group_id: str | None
    group: str
    key_supplier: bool
    settings: int
    contracts: int
    weak: int
    weak_group: bool


class ProviderSetting(Struct, frozen=True, kw_only=True):
    """A setting of a provider."""

    id: str
    name: str
    service_type: str
    status: str
    rag: str
    placements: str
    risk_rag: str


class ProviderContract(Struct, frozen=True, kw_only=True):
    """A contract with a provider."""

    id: str
    number: str
    title: str
    phase: str


class ProviderView(Struct, frozen=True, kw_only=True):
    """Everything that a page shows of a provider. `sisters` are the settings of other providers of
    its group; `may_edit` and `may_add_contacts`: what the user may change."""

    row: ProviderRow
    settings: list[ProviderSetting]
    sisters: list[ProviderSetting]
    contracts: list[ProviderContract]
    contacts: list[ContactView]
    may_edit: bool = False
    may_add_contacts: bool = False
