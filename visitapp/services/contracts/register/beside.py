"""What a row says of a contract's state, its provider and its settings, as far as it is new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec import Struct

from visitapp.dates import short_day
from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import Contract
from visitapp.rules.market.contract_life import current_end
from visitapp.rules.market.days import Term, last_day_fault
from visitapp.rules.market.management import override_fault
from visitapp.rules.market_choices import ContractStatus
from visitapp.rules.text import folded
from visitapp.services.contracts.register.columns import CONTACT
from visitapp.services.contracts.register.known import Known
from visitapp.services.contracts.register.reading import Wanted

_RUNS = (ContractStatus.LIVE, ContractStatus.EXTENDED)


class SaidOnce:
    """What rows say of things that several rows name: a provider, or a setting."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, ...], tuple[int, object]] = {}

    def first(self, key: tuple[str, ...], value: object, row: int) -> bool:
        """Whether no row before said this. Raises Refused BAD_VALUE when one said otherwise."""
        number, said = self._said.setdefault(key, (row, value))
        if said != value:
            raise Refused(
                Code.BAD_VALUE,
                message("Row {row} says something else of the same one.", row=number),
                message("Write the same in both rows."),
            )
        return number == row


class Ending(Struct, frozen=True):
    """The step that brings a contract to the state that the register gives it."""

    after: str
    last_day: date


def ending(wanted: Wanted, contract: Contract | None, known: Known) -> Ending | None:
    """The end or the notice that a row tells of; None when the contract is so. Raises Refused
    BAD_VALUE for a state that only a person's decision brings about."""
    after = wanted.beside.get("status")
    now = contract.status if contract else ContractStatus.LIVE
    if after is None or after == now or (after in _RUNS and now in _RUNS):
        return None
    if after in _RUNS:
        raise Refused(
            Code.BAD_VALUE,
            message("The contract is ending or has ended here."),
            message("Take that back with its reason first, or leave the cell empty."),
        )
    last_day: date | None = wanted.fields.get("ends_on")
    if last_day is None and contract is not None:
        last_day = current_end(contract.ends_on, contract.extended_to)
    if last_day is None or (after == ContractStatus.ENDED and last_day > known.today):
        raise Refused(
            Code.BAD_VALUE,
            message("A contract that ends needs its last day, and one that has ended a past one."),
            message("Write the end date."),
        )
    fault = last_day_fault(
        Term(starts_on=wanted.fields.get("starts_on", contract and contract.starts_on)), last_day
    )
    if fault:
        raise Refused(Code.BAD_VALUE, fault)
    return Ending(after, last_day)


def check_level(fields: dict[str, Any], contract: Contract | None, known: Known) -> None:
    """Raise Refused BAD_VALUE for another management level without its reason and review."""
    if "management_level" not in fields:
        if {"management_reason", "management_review_on"} & fields.keys() and (
            contract is None or contract.management_level is None
        ):
            raise Refused(
                Code.BAD_VALUE,
                message("A reason or a review belongs to a management level."),
                message("Write the level too, or leave the cells empty."),
            )
        return
    reason = fields.get("management_reason") or (contract.management_reason if contract else "")
    day = fields.get("management_review_on") or (
        contract.management_review_on if contract else None
    )
    fault = override_fault(known.rules, reason, day, known.today)
    if fault:
        raise Refused(
            Code.BAD_VALUE, fault, message("Leave the cell empty to keep the level by the rules.")
        )


def provider_group(
    wanted: Wanted, provider: str | None, new_provider: str, known: Known, said: SaidOnce
) -> str:
    """The group that the provider is put into; empty when it is in it, or the row says nothing."""
    group: str = wanted.beside.get("group", "")
    if not group or (provider and folded(known.groups.get(provider, "")) == folded(group)):
        return ""
    key = ("group", provider or folded(new_provider))
    return group if said.first(key, folded(group), wanted.row) else ""


def provider_contact(
    wanted: Wanted, provider: str | None, new_provider: str, known: Known, said: SaidOnce
) -> dict[str, str]:
    """The fields of the provider's contact that are new, with the name; empty when all is so.
    Raises Refused BAD_VALUE for details without a name."""
    given = {field: wanted.beside[name] for name, field in CONTACT.items() if name in wanted.beside}
    if not given:
        return {}
    if "name" not in given:
        raise Refused(
            Code.BAD_VALUE,
            message("A contact needs a name."),
            message("Write the contact's name, or leave these cells empty."),
        )
    key = ("contact", provider or folded(new_provider), folded(given["name"]))
    here = known.contact(provider, given["name"])
    if here is not None:
        given = {n: v for n, v in given.items() if n == "name" or getattr(here, n) != v}
        if given.keys() == {"name"}:
            return {}
    return given if said.first(key, given, wanted.row) else {}


def left_off(
    settings: Iterable[str], wanted: Wanted, contract: Contract | None, known: Known
) -> dict[str, date | None]:
    """Those settings that a person took off the contract, with their last day. They stay off,
    unless the row's start date is later: then a second period begins."""
    if contract is None:
        return {}
    starts_on: date | None = wanted.fields.get("starts_on")
    under = known.under.get(contract.id, [])
    off = {
        one: known.taken_off[contract.id, one]
        for one in settings
        if one not in under and (contract.id, one) in known.taken_off
    }
    return {one: day for one, day in off.items() if not (day and starts_on and starts_on > day)}


def stays_off(name: str, day: date | None) -> Message:
    """What to say of a setting that was taken off."""
    if day is None:
        return message("{name} was taken off the contract here and stays off.", name=name)
    return message(
        "{name} was taken off the contract here; its last day was {day}. It stays off.",
        name=name,
        day=short_day(day),
    )


def settings_in_district(
    wanted: Wanted, settings: Iterable[str], known: Known, said: SaidOnce
) -> list[str]:
    """The ids of those settings that come into the row's district."""
    district: str = wanted.beside.get("district", "")
    if not district:
        return []
    moved = [one for one in settings if known.districts.get(one) != district]
    return [one for one in moved if said.first(("district", one), district, wanted.row)]
