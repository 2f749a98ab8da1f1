"""CQC's "HSCA active locations": a row for each location, with its services, beds and state.

It is the only CQC file that says which homes give nursing and which locations are dormant. It has
the overall rating alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from visitapp.language import translate
from visitapp.records import ServiceType
from visitapp.storage.directory import cqc
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
from visitapp.storage.directory.dates import DateError, DateOrder, latest_day, order_of, read_date
from visitapp.storage.directory.kinds_of_service import service_type
from visitapp.storage.directory.merging import one_of_each
from visitapp.storage.directory.places import Edition, Grade, Listing, Place
from visitapp.storage.directory.staging import Staged
from visitapp.storage.directory.tables import Table

_SERVICE = "service_type_"
_NAMES = cqc.NAMES | {
    "rating": ("location_latest_overall_rating", "latest_overall_rating"),
    "dormant": ("dormant", "dormant_y_n"),
    "started": ("location_hsca_start_date", "hsca_start_date"),
    "ended": ("location_hsca_end_date", "hsca_end_date"),
}


def _read(table: Table, staged: Staged[Cells], progress: Progress | None, today: date) -> Edition:
    """Every location of the table; rows that cannot be taken become problems.

    Raises BadFile when Excel has turned some of the dates round.
    """
    edition = Edition(ACTIVE.id, by_domain=True, complete=True)
    services = [column for column in table.columns if column.startswith(_SERVICE)]
    names = _NAMES | {column: (column,) for column in services}
    for number, cells in rows_of(table, names, edition, progress, cqc.begins_like_an_id):
        staged.dates[cells["published"]] += 1
        staged.add(cells["id"].upper(), number, cells)
    order = order_of(table.path, staged.dates)
    edition.day = latest_day(staged.dates, order, today)

    def of_one(rows: list[tuple[int, Cells]]) -> Iterator[Listing]:
        for number, cells in rows:
            try:
                yield _listing(number, cells, services, order, today)
            except ValueError as wrong:
                edition.add_problem(number, str(wrong))
            else:
                note_beds(number, cells, edition)

    edition.listings = (
        one for _, rows in staged.groups() for one in one_of_each(of_one(rows), edition)
    )
    return edition


def _listing(row: int, cells: Cells, services: list[str], order: DateOrder, today: date) -> Listing:
    """The location of a row. Raises ValueError, with a sentence, when it cannot be taken."""
    rated = cells["rating"] not in ("", "-")
    if wrong := cqc.wrong_location(cells) or (cqc.wrong_rating(cells["rating"]) if rated else ""):
        raise ValueError(wrong)
    try:
        published = read_date(cells["published"], order, today)
        ended = read_date(cells["ended"], order, today)
    except DateError as error:
        raise ValueError(
            translate("A date in the row cannot be taken: {wrong}", wrong=error)
        ) from None
    inherited = cells["inherited"].upper().startswith("Y")
    grade = Grade("Overall", "Overall", cells["rating"], published, inherited)
    place = _place(cells, services, grade if rated else None, ended)
    return Listing(place, [grade] * rated, row, link(cells))


def _place(cells: Cells, services: list[str], grade: Grade | None, ended: date | None) -> Place:
    told = [_called(column) for column in services if cells[column].upper().startswith("Y")]
    social_care = cqc.is_social_care(cells)
    care_home = cells["care_home"].upper().startswith("Y") and social_care
    nursing = any("care home service with nursing" in name.casefold() for name in told)
    dormant = cells["dormant"].upper().startswith("Y")
    return Place(
        regulator=cqc.REGULATOR,
        location_id=cells["id"].upper(),
        name=cells["name"],
        postcode=postcode(cells["postcode"]),
        provider="" if cells["provider"] == "-" else cells["provider"],
        provider_id="" if cells["provider_id"] == "-" else cells["provider_id"],
        local_authority=cells["authority"],
        address=address(cells["street"], cells["line_2"], cells["city"]),
        overall=grade.rating if grade else "",
        published=grade.published if grade else None,
        service_types=told or ([cells["category"]] if cells["category"] else []),
        service_type=str(_type(told, cells, social_care, care_home=care_home, nursing=nursing)),
        beds=whole_number(cells["beds"]),
        social_care=social_care,
        types_known=bool(told),
        status="closed" if ended else "dormant" if dormant else "active",
    )


def _called(column: str) -> str:
    """A service as CQC names it, from its column: `Care home service with nursing`."""
    return column.removeprefix(_SERVICE).replace("_", " ").capitalize()


def _type(
    told: list[str], cells: Cells, social_care: bool, *, care_home: bool, nursing: bool
) -> ServiceType:
    if nursing and social_care:
        return ServiceType.NURSING
    names = [name for name in told if "nursing" not in name] if told else [cells["category"]]
    # Where the file names the services, a name such as "Nursing Home" proves nothing.
    called = "" if told else cells["name"]
    return service_type(names if social_care else [], care_home=care_home, called=called)


ACTIVE = Kind(
    id="cqc-locations",
    title="CQC HSCA active locations",
    names=_NAMES,
    needed={
        "id": "Location ID",
        "name": "Location Name",
        "rating": "Location Latest Overall Rating",
        "published": "Publication Date",
    },
    starts_row=cqc.begins_like_an_id,
    read=_read,
)
