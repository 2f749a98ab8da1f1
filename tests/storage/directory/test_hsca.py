"""CQC's "HSCA active locations": the file that tells nursing, beds and dormant locations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.support.directory.cqc import write_cqc
from visitapp.storage.directory import Directory, Problem

HEADER = [
    *("Location ID", "Location HSCA start date", "Dormant (Y/N)", "Care home?", "Location Name"),
    *("Care homes beds", "Location Type/Sector", "Location Primary Inspection Category"),
    *("Location Latest Overall Rating", "Publication Date", "Inherited Rating (Y/N)"),
    *("Location Local Authority", "Location Postal Code", "Provider ID", "Provider Name"),
    "Service type - Care home service with nursing",
    "Service type - Care home service without nursing",
    "Service type - Domiciliary care service",
]
Write = Callable[..., Path]


def row(**cells: str) -> list[str]:
    usual = [
        *("1-900001", "01/04/2011", "N", "Y", "Heather Bank", "40", "Social Care Org"),
        *("Residential social care", "Good", "29/05/2026", "N", "Northmoor", "ZZ1 1AA"),
        *("1-800001", "Moorland Homes Ltd", "", "Y", ""),
    ]
    return [cells.get(name, cell) for name, cell in zip(HEADER, usual, strict=True)]


OTHER = {"Location ID": "1-900002"}
NURSING = {HEADER[15]: "Y", HEADER[16]: ""}


@pytest.mark.parametrize(
    ("cells", "ours", "types"),
    [
        ({}, "residential", ["Care home service without nursing"]),
        (NURSING, "nursing", ["Care home service with nursing"]),
        ({"Location Name": "Old Nursing Home"}, "residential", None),
        ({**NURSING, HEADER[16]: "Y"}, "nursing", None),
        ({"Care home?": "N", HEADER[16]: "", HEADER[17]: "Y"}, "home_care", None),
    ],
)
def test_nursing_is_known_and_not_guessed(
    directory: Directory, write: Write, cells: dict[str, str], ours: str, types: list[str] | None
) -> None:
    report = directory.import_file(write([HEADER, row(**cells)]))
    assert (report.kind, report.rows, report.settings) == ("cqc-locations", 1, 1)
    assert report.problems == []
    place = directory.get("1-900001")
    assert (place.service_type, place.beds, place.status) == (ours, 40, "active")
    assert (place.overall, place.published) == ("Good", date(2026, 5, 29))
    assert types is None or place.service_types == types


def test_dormant_and_unrated_locations(directory: Directory, write: Write) -> None:
    cells = {"Dormant (Y/N)": "Y", "Location Latest Overall Rating": "", "Publication Date": ""}
    directory.import_file(write([HEADER, row(**cells)]))
    place = directory.get("1-900001")
    assert (place.status, place.overall, place.published) == ("dormant", "", None)
    assert directory.grades("1-900001") == []


def test_rows_that_cannot_be_taken_are_named(directory: Directory, write: Write) -> None:
    rows = [
        row(),
        row(**{"Location Latest Overall Rating": "Goodish"}),
        row(**{"Location ID": ""}),
        row(**{"Publication Date": "31/12/2099"}),
        row(**{"Publication Date": "29/05/2024", "Location Latest Overall Rating": "Inadequate"}),
    ]
    assert directory.import_file(write([HEADER, *rows])).problems == [
        Problem(3, "'Goodish' is not a rating that CQC publishes."),
        Problem(4, "No location ID."),
        Problem(5, "A date in the row cannot be taken: '31/12/2099' is after today."),
        Problem(
            6, "The row was not taken: 1-900001 also stands in row 2, published on 29/05/2026."
        ),
    ]


@pytest.mark.parametrize("ratings_first", [True, False])
def test_it_completes_the_latest_ratings_in_either_order(
    directory: Directory, write: Write, tmp_path: Path, ratings_first: bool
) -> None:
    ratings = write_cqc(tmp_path / "ratings.csv")
    locations = write([HEADER, row(**NURSING)], name="locations.csv")
    for path in (ratings, locations) if ratings_first else (locations, ratings):
        assert directory.import_file(path).problems == []
    place = directory.get("1-900001")
    assert (place.service_type, place.beds, place.status) == ("nursing", 40, "active")
    assert place.address == "1 Beck Lane, Fellbeck"
    assert {grade.domain for grade in directory.grades("1-900001")} >= {"Safe", "Well-led"}


@pytest.mark.parametrize("beds", ["forty", "40 beds", "40.5", "1,200"])
def test_a_number_of_beds_that_is_not_understood_is_a_problem_of_its_row(
    directory: Directory, write: Write, beds: str
) -> None:
    report = directory.import_file(write([HEADER, row(), row(**{HEADER[5]: beds} | OTHER)]))
    what = f"The number of beds {beds!r} is not a whole number, and was not taken."
    assert report.problems == [Problem(3, what)]
    assert report.settings == 2
    assert directory.get("1-900002").beds is None


@pytest.mark.parametrize("beds", ["", "-", "N/A"])
def test_no_beds_are_no_problem(directory: Directory, write: Write, beds: str) -> None:
    report = directory.import_file(write([HEADER, row(**{HEADER[5]: beds})]))
    assert report.problems == []
