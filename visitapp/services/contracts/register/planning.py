"""What a register would change on this device: the difference that is shown, and the changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Contract
from visitapp.rules.choices import ServiceType
from visitapp.rules.market.contract_life import current_end
from visitapp.rules.market.contract_terms import service_types
from visitapp.rules.market_choices import ContractStatus
from visitapp.rules.text import folded
from visitapp.services.contracts.register.columns import FIELDS, RECORDED
from visitapp.services.contracts.register.known import Known
from visitapp.services.contracts.register.reading import Faults, Wanted, ignored, read_row
from visitapp.services.contracts.terms import require_order
from visitapp.services.sheets.cells import text_of
from visitapp.services.sheets.reading import Table
from visitapp.services.views.registers import (
    ContractDifference,
    FieldDifference,
    RegisterDifference,
)
from visitapp.vocabulary import choice_word


class ContractChange(Struct, frozen=True):
    """What is written for a row: the fields that change, the provider by its name where it is new
    to this device, and the settings that come under the contract."""

    contract: Contract | None
    fields: dict[str, Any]
    new_provider: str
    settings: list[str]


class Plan(Struct, frozen=True):
    """The difference, and the changes that make it, one for each contract in it."""

    difference: RegisterDifference
    changes: list[ContractChange]


def planned(file: str, table: Table, known: Known) -> Plan:
    """What the rows of a file would change; one whose cells that are read are blank is none."""
    rows = [row for row in table.rows if any(map(text_of, row.cells.values()))]
    faults = Faults(table.titles)
    changes: list[ContractChange] = []
    new: list[ContractDifference] = []
    changed: list[ContractDifference] = []
    unchanged = 0
    providers: dict[str, str] = {}
    seen: dict[str, int] = {}
    for row in rows:
        wanted = read_row(row, known, faults)
        if wanted.number is None:
            continue
        with faults.of(row.number, "number"):
            contract = _contract(wanted, known, seen)
            change = _change(wanted, contract, known, faults)
            difference = _difference(wanted.row, change, known)
            if contract is not None and not difference.changes:
                unchanged += 1
                continue
            (changed if contract else new).append(difference)
            changes.append(change)
            if change.new_provider:
                providers.setdefault(folded(change.new_provider), change.new_provider)
    return Plan(
        RegisterDifference(
            file=file,
            rows=len(rows),
            columns=table.titles,
            unread=table.unread,
            new=new,
            changed=changed,
            unchanged=unchanged,
            absent=[
                one.number
                for one in known.contracts
                if one.status != ContractStatus.ENDED and folded(one.number) not in seen
            ],
            new_providers=list(providers.values()),
            faults=faults.found,
            ignored=[cell for row in rows for cell in ignored(row, table.titles)],
        ),
        changes,
    )


def _contract(wanted: Wanted, known: Known, seen: dict[str, int]) -> Contract | None:
    if not wanted.number:
        raise Refused(
            Code.BAD_VALUE,
            message("A contract needs a number."),
            message("Write it, or take the row out of the file."),
        )
    key = folded(wanted.number)
    if key in seen:
        raise Refused(
            Code.BAD_VALUE,
            message("The contract stands in row {row} too.", row=seen[key]),
            message("Leave one of them."),
        )
    seen[key] = wanted.row
    return known.contract(wanted.number)


def _change(
    wanted: Wanted, contract: Contract | None, known: Known, faults: Faults
) -> ContractChange:
    """The change that a row makes; what it may not do is a fault."""
    fields = {
        name: value
        for name, value in wanted.fields.items()
        if contract is None or not _is_so(contract, name, value)
    }
    new_provider = ""
    current = contract.provider_id if contract else None
    with faults.of(wanted.row, "ends_on"):
        _check_days(fields, contract)
    with faults.of(wanted.row, "settings"):
        _check_settings(wanted, contract, known)
    with faults.of(wanted.row, "provider"):
        _check_provider(wanted, contract)
        found = known.provider(wanted.provider, current) if wanted.provider else current
        if found is None:
            new_provider = wanted.provider or ""
        elif found != current:
            fields["provider_id"] = found
    under = known.under.get(contract.id, []) if contract else []
    settings = [one for one in wanted.settings if one not in under]
    return ContractChange(contract, fields, new_provider, settings)


def _is_so(contract: Contract, name: str, value: Any) -> bool:
    """Whether a contract has this value. Its number stays as it is written here, the order of its
    services says nothing, and a register may show the end as it was extended last."""
    match name:
        case "number":
            return True
        case "service_types":
            return set(service_types(value)) == set(service_types(contract.service_types))
        case "ends_on":
            return value in (contract.ends_on, current_end(contract.ends_on, contract.extended_to))
    return bool(value == getattr(contract, name))


def _check_days(fields: dict[str, Any], contract: Contract | None) -> None:
    if not {"starts_on", "ends_on"} & fields.keys():
        return
    starts_on: date | None = fields.get("starts_on", contract and contract.starts_on)
    ends_on: date | None = fields.get("ends_on", contract and contract.ends_on)
    require_order(starts_on, ends_on)
    if "ends_on" in fields and contract is not None and contract.extended_to is not None:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "The contract was extended to {day} here.", day=contract.extended_to.isoformat()
            ),
            message("Write that date or leave the cell empty; extend the contract with a reason."),
        )


def _check_provider(wanted: Wanted, contract: Contract | None) -> None:
    if contract is None and wanted.provider == "":
        raise Refused(
            Code.BAD_VALUE,
            message("A new contract needs its provider."),
            message("Write the provider's name."),
        )


def _check_settings(wanted: Wanted, contract: Contract | None, known: Known) -> None:
    if contract is None or contract.status != ContractStatus.ENDED:
        return
    if set(wanted.settings) - set(known.under.get(contract.id, [])):
        raise Refused(
            Code.BAD_VALUE,
            message("Contract {number} has ended.", number=contract.number),
            message("Take back its end first, or leave the cell empty."),
        )


def _difference(row: int, change: ContractChange, known: Known) -> ContractDifference:
    before = _before(change.contract, known)
    after = {name: _word(name, value, known) for name, value in change.fields.items()}
    if change.new_provider:
        after["provider_id"] = change.new_provider
    if change.settings:
        under = known.under.get(change.contract.id, []) if change.contract else []
        after["settings"] = _names([*under, *change.settings], known)
    return ContractDifference(
        row=row,
        contract_id=change.contract.id if change.contract else None,
        number=change.contract.number if change.contract else change.fields["number"],
        changes=[
            FieldDifference(field=field, before=before.get(name, ""), after=after[name])
            for field in FIELDS
            if (name := RECORDED.get(field, field)) in after and field != "number"
        ],
    )


def _before(contract: Contract | None, known: Known) -> dict[str, str]:
    if contract is None:
        return {}
    names = [RECORDED.get(field, field) for field in FIELDS if field != "settings"]
    words = {name: _word(name, getattr(contract, name), known) for name in names}
    return words | {"settings": _names(known.under.get(contract.id, []), known)}


def _names(setting_ids: list[str], known: Known) -> str:
    return "; ".join(sorted(known.setting_names.get(one, one) for one in setting_ids))


def _word(name: str, value: Any, known: Known) -> str:
    """A field's value as a person reads it."""
    if value is None:
        return ""
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
    return value.isoformat() if isinstance(value, date) else str(value)
