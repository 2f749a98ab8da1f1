"""The Care Inspectorate's datastore (Scotland): a row for each service, grades 1 to 6.

Its hundred columns change every year, so grades are found by the beginning of their name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from visitapp.language import translate
from visitapp.storage.directory.columns import (
    Cells,
    Kind,
    Progress,
    address,
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
    "status": ("service_status",),
}
_ID = re.compile(r"CS\d{4,12}", re.IGNORECASE)
_ID_BEGUN = re.compile(r"C(S\d{0,12})?", re.IGNORECASE)
_GRADE = re.compile(r"(?:kq|quality_of|theme)_\w+")
"""Columns of grades by theme: key questions since 2018, quality themes before."""
_CHANGE = "_change"
_STATUSES = {"inactive": "dormant", "cancelled": "closed", "closed": "closed"}
"""Of services that are listed and not active."""
_NOT_GRADED = frozenset(("", "-", "na", "n/a", "not assessed", "not applicable", "not graded"))


def _read(table: Table, staged: Staged[Cells], progress: Progress | None, today: date) -> Edition:
    """Every service of the table with its grades; rows that cannot be taken become problems.

    Raises BadFile when Excel has turned some of the dates round.
    """
    edition = Edition(DATASTORE.id, complete=True)
    graded = [c for c in table.columns if _GRADE.fullmatch(c) and not c.endswith(_CHANGE)]
    names = {**_NAMES, **{column: (column,) for column in graded}}
    for number, cells in rows_of(table, names, edition, progress, DATASTORE.starts_row):
        staged.dates[cells["published"]] += 1
        staged.add(cells["id"].upper(), number, cells)
    order = order_of(table.path, staged.dates)
    edition.day = latest_day(staged.dates, order, today)
    if edition.rows and not graded:
        what = translate(
            "The file has no columns of grades by theme, so only the lowest grades were taken."
        )
        edition.add_problem(1, what)

    def of_one(rows: list[tuple[int, Cells]]) -> Iterator[Listing]:
        for number, cells in rows:
            try:
                yield _listing(number, cells, graded, order, today, edition)
            except ValueError as wrong:
                edition.add_problem(number, str(wrong))

    edition.listings = (
        one for _, rows in staged.groups() for one in one_of_each(of_one(rows), edition)
    )
    return edition


def _listing(
    row: int,
    cells: Cells,
    graded: list[str],
    order: DateOrder,
    today: date,
    edition: Edition,
) -> Listing:
    """The service of a row with its grades; a grade that is not understood becomes a problem.

    Raises ValueError, with a sentence, when the row cannot be taken.
    """
    if not _ID.fullmatch(cells["id"]):
        is_none = translate("{value} is not a CS number.", value=repr(cells["id"]))
        raise ValueError(is_none if cells["id"] else translate("No CS number."))
    if not cells["name"]:
        raise ValueError(translate("The service has no name."))
    lowest = _grade(cells["lowest"])
    if lowest is None:
        raise ValueError(
            translate("{value} is not a grade from 1 to 6.", value=repr(cells["lowest"]))
        )
    try:
        published = read_date(cells["published"], order, today)
    except DateError as error:
        raise ValueError(translate("The date of the latest grading {wrong}", wrong=error)) from None
    note_beds(row, cells, edition)
    grades = []
    for column in graded:
        grade = _grade(cells[column])
        name = column.removeprefix("kq_").removeprefix("theme_").replace("_", " ")
        if grade is None:
            what = translate(
                "The grade {value} for {name} is not one from 1 to 6, and was not taken.",
                value=repr(cells[column]),
                name=name,
            )
            edition.add_problem(row, what)
        elif grade:
            grades.append(Grade(cells["care_service"], name, grade, published))
    return Listing(_place(cells, lowest, published), grades, row)


def _grade(text: str) -> str | None:
    """A grade from 1 to 6; "" for a cell that has none, None for one that is not understood."""
    if text.casefold() in _NOT_GRADED:
        return ""
    number = whole_number(text)
    return str(number) if number is not None and 1 <= number <= 6 else None


def _place(cells: Cells, lowest: str, published: date | None) -> Place:
    group = cells["care_service"]
    services = [part for part in (group, cells["subtype"], *cells["more"].split("; ")) if part]
    return Place(
        regulator=REGULATOR,
        location_id=cells["id"].upper(),
        name=cells["name"],
        postcode=postcode(cells["postcode"]),
        provider=cells["provider"],
        provider_id=cells["provider_id"],
        local_authority=cells["authority"],
        address=address(cells["line_1"], cells["line_2"], cells["line_3"], cells["town"]),
        overall=lowest,
        published=published,
        service_types=services,
        service_type=str(service_type(services, called=cells["name"])),
        beds=whole_number(cells["beds"]),
        social_care=cells["clients"].casefold() in ("", "adults"),
        types_known=True,
        status=_STATUSES.get(cells["status"].casefold(), "active"),
    )


DATASTORE = Kind(
    id="care-inspectorate",
    title="the Care Inspectorate datastore",
    names=_NAMES,
    needed={
        "id": "CSNumber",
        "name": "ServiceName",
        "care_service": "CareService",
        "lowest": "MinGrade",
    },
    starts_row=lambda cell: _ID_BEGUN.fullmatch(cell) is not None,
    read=_read,
)
