"""The fields of a contract that a person changes, and what they may hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict, cast

from visitapp.errors import Code, Refused
from visitapp.language import Message, either, message
from visitapp.records import Contract
from visitapp.rules.choices import ServiceType
from visitapp.rules.market.contract_terms import extension_fault, service_types
from visitapp.rules.market.days import DAYS, Term, order_fault
from visitapp.rules.market_choices import Funding, Route
from visitapp.services.lookup import check_texts
from visitapp.vocabulary import field_message

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
MOST_POUNDS = 2_000_000_000
NO_FIELDS: Mapping[str, Any] = {}
_MOST_MONTHS = 240


class ContractTerms(TypedDict, total=False):
    """The terms of a contract. `officer_id` is a user's id, costs are in pounds."""

    number: str
    title: str
    officer_id: str | None
    starts_on: date | None
    ends_on: date | None
    service_types: Iterable[str]
    route: str | None
    lot: str
    tier: str
    zone: str
    yearly_cost: int | None
    funding: str | None
    lead_commissioner: str
    our_share: int | None
    extension_months: str
    decide_months: int | None
    notice_months: int | None
    review_months: int | None
    key_supplier: bool
    hard_to_replace: bool
    deed: bool
    public_liability: int | None
    employers_liability: int | None
    professional_indemnity: int | None


_TEXTS = ("number", "title", "lot", "tier", "zone", "lead_commissioner", "extension_months")
_LIMITS = {
    **dict.fromkeys(("decide_months", "notice_months", "review_months"), _MOST_MONTHS),
    "our_share": 100,
    **dict.fromkeys(
        ("yearly_cost", "public_liability", "employers_liability", "professional_indemnity"),
        MOST_POUNDS,
    ),
}


def fields_of(terms: ContractTerms) -> dict[str, Any]:
    """The fields as they are kept. Raises Refused BAD_VALUE for what a contract cannot hold."""
    given: dict[str, Any] = dict(terms)
    given |= {name: given[name].strip() for name in _TEXTS if name in given}
    if "number" in given and not given["number"]:
        raise Refused(Code.BAD_VALUE, message("A contract needs a number."), field="number")
    check_texts(Contract, {name: given[name] for name in _TEXTS if name in given})
    for name, choices in (("route", Route), ("funding", Funding)):
        if given.get(name) is not None:
            check_choice(name, given[name], choices)
    for name, most in _LIMITS.items():
        check_number(name, given.get(name), most)
    for name in ("starts_on", "ends_on"):
        check_day(name, given.get(name))
    fault = extension_fault(given.get("extension_months", ""))
    require(fault, "extension_months")
    if "service_types" in given:
        services = list(dict.fromkeys(given["service_types"]))
        for service in services:
            check_choice("service_types", service, ServiceType)
        given["service_types"] = ",".join(services)
    return given


def recorded_terms(contract: Contract) -> ContractTerms:
    """The terms of a contract, as `fields_of` takes them."""
    fields = {name: getattr(contract, name) for name in ContractTerms.__annotations__}
    fields["service_types"] = [one.value for one in service_types(contract.service_types)]
    return cast(ContractTerms, fields)


def term_of(contract: Contract, fields: Mapping[str, Any] = NO_FIELDS) -> Term:
    """The days of a contract, with those that would change."""
    return Term(**{name: fields.get(name, getattr(contract, name)) for name in DAYS})


def require(fault: Message | None, field: str = "ends_on") -> None:
    """Raise Refused BAD_VALUE when there is a fault, which is in `field`."""
    if fault is not None:
        raise Refused(Code.BAD_VALUE, fault, field=field)


def require_order(starts_on: date | None, ends_on: date | None) -> None:
    """Raise Refused BAD_VALUE for an end before the start."""
    require(order_fault(starts_on, ends_on))


def check_choice(field: str, word: str, choices: type[StrEnum]) -> None:
    """Raise Refused BAD_VALUE for a word that is none of the choices."""
    known = tuple(choice.value for choice in choices)
    if word not in known:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "The {field} “{word}” is not {allowed}.",
                field=field_message(field),
                word=word,
                allowed=either(known),
            ),
            field=field,
        )


def check_number(field: str, number: int | None, most: int) -> None:
    """Raise Refused BAD_VALUE for a number below 0 or above `most`."""
    if number is not None and not 0 <= number <= most:
        raise Refused(Code.BAD_VALUE, _out_of_range(field, 0, f"{most:,}"), field=field)


def check_day(field: str, day: date | None) -> None:
    """Raise Refused BAD_VALUE for a day that cannot be meant."""
    if day is not None and not EARLIEST <= day <= LATEST:
        raise Refused(Code.BAD_VALUE, _out_of_range(field, EARLIEST.year, LATEST.year), field=field)


def _out_of_range(field: str, least: object, most: object) -> Message:
    return message(
        "The {field} must be between {least} and {most}.",
        field=field_message(field),
        least=least,
        most=most,
    )
