"""A whole council's register of contracts, as its spreadsheet, and the public file of its settings.

Everything is invented, with the coined words of `council`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from msgspec import Struct

from visitapp.demo.council.council import Firm, Place, coined_name
from visitapp.demo.council.public_file import write_places

CONTRACTS, SETTINGS = 600, 1000
_FIRMS = 400
_LOTS = ("Residential", "Nursing", "Home care")
_DISTRICTS = ("North", "East", "South", "West")
_FUNDING = ("Council", "Section 75", "NHS", "Joint")


class Register(Struct, frozen=True):
    """The two files that a council is set up from."""

    public_file: Path
    spreadsheet: Path


def write_register(folder: Path, officers: Sequence[str], today: date) -> Register:
    """Write a register of 600 contracts over 1,000 settings, shared out among these officers, by
    sign-in name, and the regulator's file that has the settings."""
    firms = [
        Firm(number=f"1-97{n + 1:07d}", name=coined_name(n, "Care Group", "Homes Ltd", "Trust"))
        for n in range(_FIRMS)
    ]
    places = [_place(n, firms[_contract_of(n) % _FIRMS], today) for n in range(SETTINGS)]
    public_file = write_places(places, folder / "market.csv")
    spreadsheet = folder / "register.xlsx"
    with xlsxwriter.Workbook(spreadsheet) as book:
        sheet = book.add_worksheet("Register")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(_rows(places, firms, officers, today)):
            if number == 0:
                sheet.write_row(0, 0, list(row))
            for column, value in enumerate(row.values()):
                if isinstance(value, date):
                    moment = datetime(value.year, value.month, value.day)
                    sheet.write_datetime(number + 1, column, moment, day)
                else:
                    sheet.write(number + 1, column, value)
    return Register(public_file, spreadsheet)


def _contract_of(setting: int) -> int:
    """Each contract has one setting, and the first 400 have two."""
    return setting % CONTRACTS


def _place(n: int, firm: Firm, today: date) -> Place:
    return Place(
        location_id=f"1-96{n + 1:07d}",
        name=coined_name(n, "House", "Court", "Lodge", "Grange", "View"),
        care_home=n % 10 != 0,
        firm=firm,
        address=f"{n % 90 + 1} Mill Lane",
        town="Quillmarsh",
        postcode=f"QW{n % 90 + 1} {n % 9 + 1}ZZ",
        rating="Good" if n % 4 else "Requires improvement",
        published=today - timedelta(days=40 + n % 800),
        officer="",
        character="",
    )


def _rows(
    places: Sequence[Place], firms: Sequence[Firm], officers: Sequence[str], today: date
) -> Iterator[dict[str, Any]]:
    for n in range(CONTRACTS):
        firm, lot = firms[n % _FIRMS], _LOTS[n % len(_LOTS)]
        settings = [place.location_id for place in places[n::CONTRACTS]]
        yield {
            "Contract ref": f"QM-{n + 1:04d}",
            "Contract title": f"{lot}, {firm.name}",
            "Supplier": firm.name,
            "Service types": lot,
            "Start date": date(today.year - 2, 4, 1),
            "End date": date(today.year + 1 + n % 4, 3, 31),
            "Notice period (months)": 6,
            "Annual cost": 90_000 + 1_500 * (n % 400),
            "Funding source": _FUNDING[n % len(_FUNDING)],
            "Contract officer": officers[n % len(officers)],
            "Lot": n % len(_LOTS) + 1,
            "Key supplier": "yes" if n % 40 == 0 else "no",
            "Settings": "; ".join(settings),
            "District": _DISTRICTS[n % len(_DISTRICTS)],
            "Cost centre": 4_000 + n,
        }
