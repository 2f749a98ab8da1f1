"""The difference that a row makes, in words, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from visitapp.dates import short_day
from visitapp.language import message
from visitapp.rules.choices import ServiceType
from visitapp.rules.market.contract_terms import service_types
from visitapp.rules.market_choices import ContractStatus, Funding, ManagementLevel, Route
from visitapp.services.contracts.register.changes import ContractChange
from visitapp.services.contracts.register.columns import BESIDE, CONTACT, FIELDS, RECORDED
from visitapp.services.contracts.register.known import Known
from visitapp.services.views.registers import ContractDifference, FieldDifference
from visitapp.vocabulary import choice_word

_CHOICES: dict[str, type[StrEnum]] = {
    "funding": Funding,
    "route": Route,
    "management_level": ManagementLevel,
}


def differences(row: int, change: ContractChange, known: Known) -> ContractDifference:
    """What a row changes."""
    contract = change.contract
    before = _before(change, known)
    after = {name: _word(name, value, known) for name, value in change.fields.items()}
    if change.new_provider:
        after["provider_id"] = change.new_provider
    if change.ending:
        after["status"] = choice_word(ContractStatus, change.ending.after)
    if change.group:
        after["group"] = change.group
    if change.moved:
        after["district"] = change.district
    if change.covered:
        after |= _deputies(change, known)
    after |= {name: change.contact[of] for name, of in CONTACT.items() if of in change.contact}
    after = {name: word for name, word in after.items() if word != before.get(name)}
    if change.settings:
        under = known.under.get(contract.id, []) if contract else []
        after["settings"] = _names([*under, *change.settings], known)
    return ContractDifference(
        row=row,
        contract_id=contract.id if contract else None,
        number=contract.number if contract else change.fields["number"],
        changes=[
            FieldDifference(field=field, before=before.get(name, ""), after=after[name])
            for field in FIELDS
            if (name := RECORDED.get(field, field)) in after and field != "number"
        ],
    )


def _before(change: ContractChange, known: Known) -> Mapping[str, str]:
    contract = change.contract
    if contract is None:
        return {}
    names = (RECORDED.get(field, field) for field in FIELDS if field not in (*BESIDE, "settings"))
    words = {name: _word(name, getattr(contract, name), known) for name in names}
    contact = known.contact(contract.provider_id, change.contact.get("name", ""))
    if contact is not None:
        words |= {name: getattr(contact, of) for name, of in CONTACT.items()}
    return words | {
        "status": choice_word(ContractStatus, contract.status),
        "group": known.groups.get(contract.provider_id, ""),
        "district": "; ".join(sorted({known.districts[one] for one in change.moved} - {""})),
        "settings": _names(known.under.get(contract.id, []), known),
    }


def _deputies(change: ContractChange, known: Known) -> dict[str, str]:
    """One deputy covers a row's settings, a cover that is here perhaps from an earlier day."""
    first = min(change.covered, key=lambda one: one.starts_on)
    names = _names((one.setting_id for one in change.covered), known)
    return {
        "deputy": f"{known.officer_names[first.deputy_id]} ({names})",
        "deputy_from": short_day(first.starts_on),
        "deputy_until": short_day(first.ends_on),
    }


def _names(setting_ids: Iterable[str], known: Known) -> str:
    return "; ".join(sorted(known.setting_names.get(one, one) for one in setting_ids))


def _word(name: str, value: Any, known: Known) -> str:
    """A field's value as a person reads it."""
    if value is None or value == "":
        return ""
    if name in _CHOICES:
        return choice_word(_CHOICES[name], value)
    match name:
        case "provider_id":
            return known.provider_names.get(value, str(value))
        case "officer_id":
            return known.officer_names.get(value, str(value))
        case "service_types":
            return ", ".join(choice_word(ServiceType, one) for one in service_types(value))
        case "key_supplier" | "hard_to_replace" | "deed":
            return str(message("yes") if value else message("no"))
        case "yearly_cost":
            return f"£{value:,}"
    return short_day(value) if isinstance(value, date) else str(value)
