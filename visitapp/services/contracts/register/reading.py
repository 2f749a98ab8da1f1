"""What a row of a register asks for: each cell as the field's value, or why it cannot be one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

from msgspec import Struct

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Provider
from visitapp.rules.choices import ServiceType
from visitapp.rules.text import folded
from visitapp.services.contracts.register.columns import FIELDS, RECORDED
from visitapp.services.contracts.register.known import Known
from visitapp.services.contracts.terms import ContractTerms, fields_of
from visitapp.services.lookup import check_texts
from visitapp.services.sheets.cells import day_of, text_of
from visitapp.services.sheets.reading import FORMULA, SheetRow
from visitapp.services.views.action_sheets import SheetFault
from visitapp.vocabulary import choice_message

_LONGEST_AMOUNT = 15
_SHOWN = 60


class Wanted(Struct, frozen=True, kw_only=True):
    """What a row asks for. `fields` are a contract's own, without those that the row leaves as they
    are. `number` and the name of the `provider` are empty where the row says nothing, and None
    where their cell is a fault."""

    row: int
    number: str | None
    provider: str | None
    fields: dict[str, Any]
    settings: list[str]


class Faults:
    """Collects what stops the import. `titles`: of the columns of the file, by field."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self.titles = {name: str(title) for name, title in FIELDS.items()} | dict(titles)
        self.found: list[SheetFault] = []

    @contextmanager
    def of(self, row: int, field: str) -> Iterator[None]:
        """Notes what is refused within as a fault of this cell."""
        try:
            yield
        except Refused as why:
            self.found.append(SheetFault(row=row, column=self.titles[field], what=str(why)))


def read_row(row: SheetRow, known: Known, faults: Faults) -> Wanted:
    """What the row asks for, without the cells that are faults. Blank cells and formulas say
    nothing."""
    values: dict[str, Any] = {}
    for name, read in _READERS.items():
        cell = row.cells.get(name)
        if cell is FORMULA or text_of(cell) == "":
            continue
        values[name] = None
        with faults.of(row.number, name):
            values[name] = read(known, name, cell)
    return Wanted(
        row=row.number,
        number=values.get("number", ""),
        provider=values.pop("provider", ""),
        settings=values.pop("settings", None) or [],
        fields={
            RECORDED.get(name, name): values[name] for name in values if values[name] is not None
        },
    )


def ignored(row: SheetRow, titles: Mapping[str, str]) -> list[SheetFault]:
    """The cells of a row that are formulas."""
    what = str(message("This is a formula, which is not read."))
    return [
        SheetFault(row=row.number, column=titles[name], what=what)
        for name, cell in row.cells.items()
        if cell is FORMULA
    ]


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


def _provider(known: Known, name: str, cell: object) -> str:
    text = _text(known, name, cell)
    check_texts(Provider, {"name": text})
    return text


def _day(known: Known, name: str, cell: object) -> Any:
    try:
        return _checked(name, day_of(cell))
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


def _services(known: Known, name: str, cell: object) -> Any:
    words: dict[str, str] = {}
    for service in ServiceType:
        said = choice_message(ServiceType, service)
        spellings = (str(said), said.template, service.value, service.value.replace("_", " "))
        words |= dict.fromkeys(map(folded, spellings), service.value)
    given = [" ".join(one.split()) for one in re.split(r"[,;\n]", text_of(cell)) if one.strip()]
    for one in given:
        if folded(one) not in words:
            raise Refused(
                Code.BAD_VALUE,
                message("“{text}” is no service type.", text=one[:_SHOWN]),
                message("The service types are: {known}.", known=", ".join(ServiceType)),
            )
    return _checked(name, [words[folded(one)] for one in given])


def _officer(known: Known, name: str, cell: object) -> str:
    return known.officer(_text(known, name, cell))


def _settings(known: Known, name: str, cell: object) -> list[str]:
    """The ids of the settings that a cell names, one a line or between semicolons; a name may hold
    commas, so they part names only where the whole is none."""
    found: list[str] = []
    for part in re.split(r"[;\n]", text_of(cell)):
        whole = known.setting(part) if part.strip() else None
        found += (
            [whole] if whole else [_setting(known, one) for one in part.split(",") if one.strip()]
        )
    return list(dict.fromkeys(found))


def _setting(known: Known, named: str) -> str:
    found = known.setting(named)
    if found is None:
        raise Refused(
            Code.BAD_VALUE,
            message("No setting on this device is “{name}”.", name=named.strip()[:_SHOWN]),
            message("Add the setting first, or write its location ID."),
        )
    return found


_READERS: dict[str, Callable[[Known, str, object], Any]] = {
    **dict.fromkeys(("number", "title", "lot", "tier", "zone"), _term),
    "provider": _provider,
    "service_types": _services,
    **dict.fromkeys(("starts_on", "ends_on"), _day),
    "yearly_cost": _pounds,
    "officer": _officer,
    **dict.fromkeys(("key_supplier", "hard_to_replace", "deed"), _yes),
    "settings": _settings,
}
