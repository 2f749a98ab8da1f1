"""The Care Inspectorate's datastore (Scotland): a row for each service, grades 1 to 6.

Its hundred columns change every year, so grades are found by the prefix of their name.
"""

from __future__ import annotations

import re
from collections.abc import Collection

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

KIND = "care-inspectorate"
REGULATOR = "care_inspectorate"

_NAMES = {
    "id": ("csnumber", "cs_number"),
    "name": ("service_name",),
    "care_service": ("care_service",),
    "subtype": ("subtype",),
    "more": ("additional_subtypes",),
    "line_1": ("address_line_1",),
    "line_2": ("address_line_2",),
    "line_3": ("address_line_3",),
    "town": ("service_town",),
    "postcode": ("service_postcode",),
    "authority": ("council_area_name",),
    "provider_id": ("sp_number",),
    "provider": ("service_provider",),
    "beds": ("total_beds",),
    "clients": ("client_group",),
    "lowest": ("min_grade",),
    "published": ("publication_of_latest_grading",),
}
_NEEDED = ("id", "name", "care_service", "lowest")
_ID = re.compile(r"CS\d{4,12}", re.IGNORECASE)
_GRADE = "kq_"
_CHANGE = "_change"


def is_datastore(columns: Collection[str]) -> bool:
    """Whether these are the columns of the Care Inspectorate's datastore."""
    return has(columns, _NAMES, _NEEDED)


def read(table: Table, progress: Progress | None) -> Edition:
    """Every service of the table with its grades; rows that cannot be taken become problems."""
    edition = Edition(KIND)
    graded = [c for c in table.columns if c.startswith(_GRADE) and not c.endswith(_CHANGE)]
    names = {**_NAMES, **{column: (column,) for column in graded}}
    rows = list(rows_of(table, names, edition, progress))
    order = decide_order(cells["published"] for _, cells in rows)
    for number, cells in rows:
        taken = _service(cells, graded, order)
        if isinstance(taken, str):
            edition.problems.append(Problem(number, taken))
        else:
            edition.places.append(taken)
    return edition


def _service(cells: Cells, graded: list[str], order: DateOrder) -> tuple[Place, list[Grade]] | str:
    """The service of a row with its grades, or what is wrong with the row."""
    if not _ID.fullmatch(cells["id"]):
        return f"The CS number {cells['id']!r} is not one." if cells["id"] else "No CS number."
    if not cells["name"]:
        return "The service has no name."
    try:
        published = read_date(cells["published"], order)
    except DateError as error:
        return f"The date of the latest grading {error}"
    group = cells["care_service"]
    grades = [
        Grade(group, column.removeprefix(_GRADE).replace("_", " "), str(grade), published)
        for column in graded
        if (grade := whole_number(cells[column])) is not None
    ]
    services = [part for part in (group, cells["subtype"], *cells["more"].split("; ")) if part]
    lowest = whole_number(cells["lowest"])
    place = Place(
        regulator=REGULATOR,
        location_id=cells["id"].upper(),
        name=cells["name"],
        postcode=postcode(cells["postcode"]),
        provider=cells["provider"],
        provider_id=cells["provider_id"],
        local_authority=cells["authority"],
        address=address(cells["line_1"], cells["line_2"], cells["line_3"], cells["town"]),
        overall="" if lowest is None else str(lowest),
        published=published,
        service_types=services,
        service_type=str(service_type(services, called=cells["name"])),
        beds=whole_number(cells["beds"]),
        social_care=cells["clients"].casefold() in ("", "adults"),
    )
    return place, grades
