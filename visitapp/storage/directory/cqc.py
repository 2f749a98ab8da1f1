"""CQC latest ratings: a row for each location, service group and domain."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from visitapp.storage.directory.columns import (
    Cells,
    Progress,
    address,
    has,
    postcode,
    rows_of,
    whole_number,
)
from visitapp.storage.directory.dates import DateError, DateOrder, decide_order, read_date
from visitapp.storage.directory.kinds_of_service import service_type
from visitapp.storage.directory.places import Edition, Grade, Place, Problem
from visitapp.storage.directory.tables import Table

KIND = "cqc-ratings"
REGULATOR = "cqc"

_NAMES = {
    "id": ("location_id", "cqc_location_id"),
    "name": ("location_name",),
    "care_home": ("care_home", "is_care_home"),
    "type": ("location_type", "location_type_sector"),
    "category": (
        "location_primary_inspection_category",
        "primary_inspection_category",
        "location_inspection_category",
    ),
    "services": ("service_types", "location_service_types", "service_type"),
    "street": ("location_street_address", "location_address_line_1", "address_line_1"),
    "line_2": ("location_address_line_2", "address_line_2"),
    "city": ("location_city", "city", "location_town"),
    "postcode": ("location_post_code", "location_postal_code", "location_postcode", "postcode"),
    "authority": ("location_local_authority", "local_authority"),
    "beds": ("care_homes_beds", "care_home_beds", "location_beds", "number_of_beds", "beds"),
    "group": ("service_population_group", "service_group", "population_group"),
    "domain": ("domain", "key_question"),
    "rating": ("latest_rating", "rating"),
    "published": ("publication_date", "rating_publication_date", "published_date"),
    "inherited": ("inherited_rating_y_n", "inherited_rating"),
    "provider_id": ("provider_id",),
    "provider": ("provider_name",),
}
_NEEDED = ("id", "name", "group", "domain", "rating", "published")
_ID = re.compile(r"[0-9A-Z][0-9A-Z-]{2,19}", re.IGNORECASE)


def is_ratings(columns: Collection[str]) -> bool:
    """Whether these are the columns of CQC's latest ratings."""
    return has(columns, _NAMES, _NEEDED)


class _Rated(NamedTuple):
    """One row's rating, its date as written: the order of dates is known after the last row."""

    row: int
    group: str
    domain: str
    rating: str
    published: str
    inherited: bool


_Locations = dict[str, tuple[Cells, list[_Rated]]]
"""For each location id, the first of its rows and the ratings of all."""


def read(table: Table, progress: Progress | None) -> Edition:
    """Every location of the table with its ratings; rows that cannot be taken become problems."""
    edition = Edition(KIND)
    locations = _gather(table, edition, progress)
    order = decide_order(one.published for _, rated in locations.values() for one in rated)
    for key, (cells, rated) in locations.items():
        grades = list(_grades(rated, order, edition))
        if grades:
            edition.places.append((_place(key, cells, grades), grades))
    edition.problems.sort(key=lambda problem: problem.row)
    return edition


def _gather(table: Table, edition: Edition, progress: Progress | None) -> _Locations:
    locations: _Locations = {}
    for number, cells in rows_of(table, _NAMES, edition, progress):
        wrong = _wrong(cells)
        if wrong:
            edition.problems.append(Problem(number, wrong))
            continue
        # The same few words stand in every row; interned, a national file fits in memory.
        group, domain, rating, published = (
            sys.intern(cells[name]) for name in ("group", "domain", "rating", "published")
        )
        inherited = cells["inherited"].upper().startswith("Y")
        rated = _Rated(number, group or "Overall", domain, rating, published, inherited)
        locations.setdefault(cells["id"].upper(), (cells, []))[1].append(rated)
    return locations


def _wrong(cells: Cells) -> str:
    """What is wrong with a row, before its date is looked at; "" when nothing is."""
    if not _ID.fullmatch(cells["id"]):
        return f"The location ID {cells['id']!r} is not one." if cells["id"] else "No location ID."
    if not cells["name"]:
        return "The location has no name."
    if not cells["domain"] or not cells["rating"]:
        return "The row has no domain or no rating."
    return ""


def _grades(rated: list[_Rated], order: DateOrder, edition: Edition) -> Iterator[Grade]:
    for one in rated:
        try:
            published = read_date(one.published, order)
        except DateError as error:
            edition.problems.append(Problem(one.row, f"The publication date {error}"))
        else:
            yield Grade(one.group, one.domain, one.rating, published, one.inherited)


def _place(key: str, cells: Cells, grades: list[Grade]) -> Place:
    overall = _overall(grades)
    services = _services(cells, grades)
    social_care = _is_social_care(cells)
    care_home = cells["care_home"].upper().startswith("Y")
    return Place(
        regulator=REGULATOR,
        location_id=key,
        name=cells["name"],
        postcode=postcode(cells["postcode"]),
        provider="" if cells["provider"] == "-" else cells["provider"],
        provider_id="" if cells["provider_id"] == "-" else cells["provider_id"],
        local_authority=cells["authority"],
        address=address(cells["street"], cells["line_2"], cells["city"]),
        overall=overall.rating if overall else "",
        published=overall.published if overall else None,
        service_types=services,
        service_type=str(
            service_type(
                [*services, cells["category"]] if social_care else [],
                care_home=care_home and social_care,
                called=cells["name"],
            )
        ),
        beds=whole_number(cells["beds"]),
        social_care=social_care,
    )


def _overall(grades: list[Grade]) -> Grade | None:
    """The overall rating of the location, or of its only or latest service group without one."""
    found = [grade for grade in grades if grade.domain.casefold() == "overall"]
    whole = [grade for grade in found if grade.service_group.casefold() == "overall"]
    return max(whole or found, key=lambda grade: grade.published or date.min, default=None)


def _services(cells: Cells, grades: list[Grade]) -> list[str]:
    """What is done there: as told, else the service groups that were rated, else the category."""
    told = [part.strip() for part in cells["services"].split("|") if part.strip()]
    rated = sorted({g.service_group for g in grades if g.service_group.casefold() != "overall"})
    return told or rated or ([cells["category"]] if cells["category"] else [])


def _is_social_care(cells: Cells) -> bool:
    if cells["type"]:
        return cells["type"].casefold() in ("social care org", "social care organisation")
    return "social care" in cells["category"].casefold()
