"""The value of each cell of a register, or why it cannot be one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import partial
from typing import Any, cast

from msgspec import Struct

from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import Contact, Contract, Provider, ProviderGroup, Setting, Synced
from visitapp.rules.choices import ServiceType
from visitapp.rules.market.contacts import reach_fault
from visitapp.rules.market_choices import ContractStatus, Funding, ManagementLevel, Route
from visitapp.rules.text import folded
from visitapp.services.contracts.register.columns import CONTACT
from visitapp.services.contracts.register.known import Known
from visitapp.services.contracts.terms import ContractTerms, fields_of
from visitapp.services.lookup import check_texts
from visitapp.services.sheets.cells import day_of, text_of
from visitapp.vocabulary import choice_message

_LONGEST_AMOUNT = 15
_SHOWN = 60


class NamedSettings(Struct, frozen=True):
    """The settings that a cell names: ids of those here, and what it calls the others."""

    ids: list[str]
    unknown: list[str]


def read_cell(known: Known, name: str, cell: object) -> Any:
    """The value of a field that is not blank. Raises Refused BAD_VALUE."""
    return _READERS[name](known, name, cell)


def _text(known: Known, name: str, cell: object) -> str:
    if isinstance(cell, bool | date | time | timedelta):
        raise Refused(
            Code.BAD_VALUE,
            message("This is not text."),
            message("Format the cell as text and write it again."),
        )
    return " ".join(text_of(cell).split())


def _term(known: Known, name: str, cell: object) -> Any:
    return _checked(name, _text(known, name, cell))


def _checked(name: str, value: Any) -> Any:
    return fields_of(cast(ContractTerms, {name: value}))[name]


def _kept(kind: type[Synced], field: str, known: Known, name: str, cell: object) -> str:
    text = _text(known, name, cell)
    check_texts(kind, {field: text})
    if kind is Contact and (fault := reach_fault(field, text)):
        raise Refused(Code.BAD_VALUE, fault)
    return text


def _number(known: Known, name: str, cell: object) -> Any:
    text = text_of(cell).removesuffix("%").strip()
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise Refused(
            Code.BAD_VALUE,
            message("“{text}” is not a whole number.", text=text_of(cell)[:_SHOWN]),
            message("Write it as 12."),
        )
    return _checked(name, int(text))


def _plain_day(known: Known, name: str, cell: object) -> Any:
    return _day_in(cell)


def _day(known: Known, name: str, cell: object) -> Any:
    return _checked(name, _day_in(cell))


def _day_in(cell: object) -> date | None:
    try:
        return day_of(cell)
    except ValueError:
        raise Refused(
            Code.BAD_VALUE,
            message("“{text}” is not a date.", text=text_of(cell)[:_SHOWN]),
            message("Write it as 2027-03-31 or 31/03/2027."),
        ) from None


def _pounds(known: Known, name: str, cell: object) -> Any:
    text = re.sub(r"[£,\s]", "", text_of(cell))
    if len(text) > _LONGEST_AMOUNT or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        raise Refused(
            Code.BAD_VALUE,
            message("“{text}” is not an amount in pounds.", text=text_of(cell)[:_SHOWN]),
            message("Write it as 125000."),
        )
    return _checked(name, int(Decimal(text).quantize(Decimal(1), ROUND_HALF_UP)))


def rounded(cell: object, pounds: int) -> Message | None:
    """What to say of an amount with pence, which was read as whole pounds."""
    text = re.sub(r"[£,\s]", "", text_of(cell))
    if Decimal(text) == pounds:
        return None
    return message(
        "“{text}” is kept in whole pounds: £{pounds}.", text=text_of(cell), pounds=f"{pounds:,}"
    )


def _yes(known: Known, name: str, cell: object) -> bool:
    word = folded(text_of(cell))
    for value, words in (
        (True, ("yes", "y", "true", folded(str(message("yes"))))),
        (False, ("no", "n", "false", folded(str(message("no"))))),
    ):
        if word in words:
            return value
    raise Refused(
        Code.BAD_VALUE,
        message("“{text}” is neither yes nor no.", text=text_of(cell)[:_SHOWN]),
        message("Write yes or no."),
    )


def _spellings(choices: type[StrEnum]) -> dict[str, str]:
    """The values of a choice by the words that stand for them."""
    words: dict[str, str] = {}
    for choice in choices:
        said = choice_message(choices, choice)
        spellings = (str(said), said.template, choice.value, choice.value.replace("_", " "))
        words |= dict.fromkeys(map(folded, spellings), choice.value)
    return words


def _services(known: Known, name: str, cell: object) -> Any:
    words = _spellings(ServiceType)
    given = [" ".join(one.split()) for one in re.split(r"[,;\n]", text_of(cell)) if one.strip()]
    for one in given:
        if folded(one) not in words:
            raise Refused(
                Code.BAD_VALUE,
                message("“{text}” is no service type.", text=one[:_SHOWN]),
                message("The service types are: {known}.", known=", ".join(ServiceType)),
            )
    return _checked(name, [words[folded(one)] for one in given])


def _choice(choices: type[StrEnum], known: Known, name: str, cell: object) -> str:
    text = _text(known, name, cell)
    words = _spellings(choices)
    if choices is ContractStatus:
        words |= dict.fromkeys(_RUNNING, ContractStatus.LIVE.value)
    if folded(text) not in words:
        raise Refused(
            Code.BAD_VALUE,
            message("“{text}” is not one of the choices.", text=text[:_SHOWN]),
            message(
                "Write one of: {known}.",
                known=", ".join(str(choice_message(choices, one)) for one in choices),
            ),
        )
    return words[folded(text)]


def _officer(known: Known, name: str, cell: object) -> str:
    return known.officer(_text(known, name, cell))


def _settings(known: Known, name: str, cell: object) -> NamedSettings:
    """The settings that a cell names, one a line or between semicolons; a name may hold commas, so
    they part names only where one of the parts is known."""
    found: list[str] = []
    unknown: list[str] = []
    for part in re.split(r"[;\n]", text_of(cell)):
        for named in _parted(known, " ".join(part.split())):
            id_ = known.setting(named)
            if id_ is not None:
                found.append(id_)
            else:
                check_texts(Setting, {"name": named})
                unknown.append(named)
    return NamedSettings(list(dict.fromkeys(found)), list(dict.fromkeys(unknown)))


def _parted(known: Known, part: str) -> list[str]:
    parts = [one.strip() for one in part.split(",") if one.strip()]
    whole = len(parts) < 2 or known.setting(part) is not None or known.named(part)
    if not whole and (any(map(known.names_place, parts)) or all(map(known.named, parts))):
        return parts
    return [part] if part else []


_RUNNING = ("current", "active", "mobilising", "running")
_READERS: dict[str, Callable[[Known, str, object], Any]] = {
    **dict.fromkeys(
        ("number", "title", "lot", "tier", "zone", "lead_commissioner", "extension_months"), _term
    ),
    "provider": partial(_kept, Provider, "name"),
    "group": partial(_kept, ProviderGroup, "name"),
    "service_types": _services,
    "status": partial(_choice, ContractStatus),
    **dict.fromkeys(("starts_on", "ends_on"), _day),
    **dict.fromkeys(("decide_months", "notice_months", "review_months", "our_share"), _number),
    "yearly_cost": _pounds,
    "funding": partial(_choice, Funding),
    "route": partial(_choice, Route),
    **dict.fromkeys(("officer", "deputy"), _officer),
    **dict.fromkeys(("key_supplier", "hard_to_replace", "deed"), _yes),
    "management_level": partial(_choice, ManagementLevel),
    "management_reason": partial(_kept, Contract, "management_reason"),
    **dict.fromkeys(("management_review_on", "deputy_from", "deputy_until"), _plain_day),
    "settings": _settings,
    "district": partial(_kept, Setting, "district"),
    **{name: partial(_kept, Contact, field) for name, field in CONTACT.items()},
}
