"""CQC latest ratings: a row for each location, service group and domain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from visitapp.language import translate
from visitapp.storage.directory.columns import (
    Cells,
    Kind,
    Progress,
    address,
    link,
    note_beds,
    postcode,
    rows_of,
    whole_number,
)
from visitapp.storage.directory.dates import DateError, DateOrder, order_of, read_date
from visitapp.storage.directory.kinds_of_service import service_type
from visitapp.storage.directory.merging import overall
from visitapp.storage.directory.places import Edition, Grade, Listing, Place
from visitapp.storage.directory.ratings import cautious, is_cqc_rating
from visitapp.storage.directory.staging import Staged
from visitapp.storage.directory.tables import Table

REGULATOR = "cqc"
ID = re.compile(r"[0-9A-Z][0-9A-Z-]{2,19}", re.IGNORECASE)
_ID_BEGUN = re.compile(r"[0-9A-Z][0-9A-Z-]{0,19}")

NAMES = {
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
    "link": ("url", "location_url"),
    "inherited": ("inherited_rating", "inherited_rating_y_n"),
    "provider_id": ("provider_id",),
    "provider": ("provider_name",),
}


_DOMAINS = {
    said.casefold().replace("-", " "): said
    for said in ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")
}
"""Each domain by its name without capitals and hyphens: `Well led` and `well-led` are one."""


def begins_like_an_id(cell: str) -> bool:
    """Whether a cell could be a location id or the beginning of one."""
    return _ID_BEGUN.fullmatch(cell) is not None


class _Rated(NamedTuple):
    """One row's rating, its date as written: the order of dates is known after the last row."""

    row: int
    group: str
    domain: str
    rating: str
    published: str
    inherited: bool


_RATED = ("group", "domain", "rating", "published", "inherited")
"""What a row says of a rating; the rest is the same in every row of a location."""


def _read(table: Table, staged: Staged[Cells], progress: Progress | None, today: date) -> Edition:
    """Every location of the table with its ratings; rows that cannot be taken become problems.

    Raises BadFile when Excel has turned some of the dates round.
    """
    edition = Edition(RATINGS.id, by_domain=True)
    _stage(table, staged, edition, progress)
    order = order_of(table.path, staged.dates)
    edition.listings = _listings(staged, order, today, edition)
    return edition


def _stage(
    table: Table, staged: Staged[Cells], edition: Edition, progress: Progress | None
) -> None:
    last = ""
    for number, cells in rows_of(table, NAMES, edition, progress, begins_like_an_id):
        wrong = _wrong(cells)
        if wrong:
            edition.add_problem(number, wrong)
            continue
        rated = {name: " ".join(cells[name].split()) for name in _RATED}
        staged.dates[rated["published"]] += 1
        # Rows of one location stand together: what they share is put aside once.
        key = cells["id"].upper()
        staged.add(key, number, rated if key == last else cells | rated)
        last = key


def _listings(
    staged: Staged[Cells], order: DateOrder, today: date, edition: Edition
) -> Iterator[Listing]:
    for key, rows in staged.groups():
        first, cells = rows[0]
        rated = [_rated(number, row) for number, row in rows]
        grades = _latest(list(_grades(rated, order, today, edition)), edition)
        if grades:
            note_beds(first, cells, edition)
            yield Listing(_place(key, cells, grades), grades, first, link(cells))


def _rated(number: int, row: Cells) -> _Rated:
    domain = _DOMAINS.get(row["domain"].casefold().replace("-", " ").rstrip("?"), row["domain"])
    inherited = row["inherited"].upper().startswith("Y")
    return _Rated(
        number, row["group"] or "Overall", domain, row["rating"], row["published"], inherited
    )


def wrong_location(cells: Cells) -> str:
    """A sentence about a row that names no location; "" when it does."""
    if not ID.fullmatch(cells["id"]):
        is_none = translate("{value} is not a location ID.", value=repr(cells["id"]))
        return is_none if cells["id"] else translate("No location ID.")
    return "" if cells["name"] else translate("The location has no name.")


def _wrong(cells: Cells) -> str:
    """The reason why a row is not taken, before its date is looked at; "" when there is none."""
    if wrong := wrong_location(cells):
        return wrong
    if not cells["domain"] or not cells["rating"]:
        return translate("The row has no domain or no rating.")
    return wrong_rating(cells["rating"])


def wrong_rating(words: str) -> str:
    """A sentence about words that CQC does not publish as a rating; "" when it does."""
    if is_cqc_rating(words):
        return ""
    return translate("{value} is not a rating that CQC publishes.", value=repr(words))


def _grades(
    rated: list[_Rated], order: DateOrder, today: date, edition: Edition
) -> Iterator[tuple[int, Grade]]:
    for one in rated:
        try:
            published = read_date(one.published, order, today)
        except DateError as error:
            edition.add_problem(one.row, translate("The publication date {wrong}", wrong=error))
        else:
            yield one.row, Grade(one.group, one.domain, one.rating, published, one.inherited)


def _latest(rows: list[tuple[int, Grade]], edition: Edition) -> list[Grade]:
    """For each service group and domain the latest publication; the others become problems.

    Of two ratings of one day the worse one stands, so that the order of rows does not matter.
    """
    standing: dict[tuple[str, str], tuple[int, Grade]] = {}
    for row, grade in rows:
        key = grade.service_group.casefold(), grade.domain.casefold()
        other = standing.get(key)
        if other is None:
            standing[key] = row, grade
            continue
        first = _precedence(grade) > _precedence(other[1])
        (kept_row, kept), (row_aside, aside) = (
            ((row, grade), other) if first else (other, (row, grade))
        )
        standing[key] = kept_row, kept
        edition.add_problem(row_aside, _set_aside(aside, kept, kept_row))
    return [grade for _, grade in standing.values()]


def _precedence(grade: Grade) -> tuple[date, int, str]:
    return grade.published or date.min, cautious(grade.rating), grade.rating


def _set_aside(aside: Grade, kept: Grade, kept_row: int) -> str:
    if (aside.rating, aside.published) == (kept.rating, kept.published):
        return translate("The row repeats row {row}.", row=kept_row)
    day = f"{kept.published:%d/%m/%Y}" if kept.published else translate("an unknown day")
    return translate(
        "The rating {rating} was not taken: row {row} has one of the same service and domain, "
        "published on {day}.",
        rating=repr(aside.rating),
        row=kept_row,
        day=day,
    )


def _place(key: str, cells: Cells, grades: list[Grade]) -> Place:
    rating = overall(grades)
    told = told_services(cells["services"])
    services = told or _services(cells, grades)
    social_care = is_social_care(cells)
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
        overall=rating.rating if rating else "",
        published=rating.published if rating else None,
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
        types_known=bool(told),
    )


def told_services(text: str) -> list[str]:
    """The services that a cell names, parted by `|`."""
    return [part.strip() for part in text.split("|") if part.strip()]


def _services(cells: Cells, grades: list[Grade]) -> list[str]:
    """The services given there, worked out: the groups that were rated, else the category."""
    rated = sorted({g.service_group for g in grades if g.service_group.casefold() != "overall"})
    return rated or ([cells["category"]] if cells["category"] else [])


def is_social_care(cells: Cells) -> bool:
    """Whether CQC lists a location as adult social care."""
    if cells["type"]:
        return cells["type"].casefold() in ("social care org", "social care organisation")
    return "social care" in cells["category"].casefold()


RATINGS = Kind(
    id="cqc-ratings",
    title="CQC latest ratings",
    names=NAMES,
    needed={
        "id": "Location ID",
        "name": "Location Name",
        "group": "Service / Population Group",
        "domain": "Domain",
        "rating": "Latest Rating",
        "published": "Publication Date",
    },
    starts_row=begins_like_an_id,
    read=_read,
)
