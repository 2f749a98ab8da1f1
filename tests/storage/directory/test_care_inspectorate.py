"""The Care Inspectorate's datastore, a real edition of it and its known gaps."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date
from pathlib import Path

import pytest

from tests.support.directory.data import DATA
from visitapp.storage.directory import Directory, Problem

PACKED = DATA / "care_inspectorate_2026-05.csv.gz"

HEADER = [
    "CSNumber",
    "CareService",
    "Subtype",
    "AdditionalSubtypes",
    "ServiceName",
    "Address_line_1",
    "Service_town",
    "Service_Postcode",
    "SP_number",
    "ServiceProvider",
    "Council_Area_Name",
    "TotalBeds",
    "Client_group",
    "MinGrade",
    "Publication_of_Latest_Grading",
    "KQ_Leadership",
    "KQ_Leadership_change",
    "KQ_Something_New",
]
ROW = [
    "CS2099000001",
    "Care Home Service",
    "Older People",
    "",
    "Heather Bank",
    "1 Beck Lane",
    "Fellbeck",
    "ZZ1 1AA",
    "SP2099000001",
    "Moorland Homes",
    "Northmoor",
    "24.0",
    "Adults",
    "3.0",
    "08/12/2025",
    "4.0",
    "Same",
    "3.0",
]


def row(**cells: str) -> list[str]:
    return [cells.get(name, cell) for name, cell in zip(HEADER, ROW, strict=True)]


def test_a_real_edition_is_taken_whole(directory: Directory) -> None:
    report = directory.import_file(PACKED)
    assert (report.kind, report.rows, report.settings) == ("care-inspectorate", 286, 286)
    assert (report.social_care, report.problems) == (260, [])


def test_the_grades_of_a_real_edition_are_kept(directory: Directory) -> None:
    directory.import_file(PACKED)
    published = list(csv.DictReader(io.StringIO(gzip.decompress(PACKED.read_bytes()).decode())))
    for service in published[::20]:
        place = directory.get(service["CSNumber"])
        assert place.name == service["ServiceName"].strip()
        assert place.overall == service["MinGrade"].removesuffix(".0")
        kept = {grade.domain: grade.rating for grade in directory.grades(place.location_id)}
        leadership = service["KQ_Leadership"].removesuffix(".0")
        assert kept.get("leadership", "") == leadership


def test_the_quality_themes_of_older_editions_are_grades_too(directory: Directory, write) -> None:
    themes = ["Quality_of_Care_and_Support", "Quality_of_Staffing", "Quality_of_Mgmt_and_Lship"]
    report = directory.import_file(write([[*HEADER[:-3], *themes], [*ROW[:-3], "4", "5", ""]]))
    assert (report.settings, report.problems) == (1, [])
    assert [(g.domain, g.rating) for g in directory.grades("CS2099000001")] == [
        ("quality of care and support", "4"),
        ("quality of staffing", "5"),
    ]


def test_a_service_is_what_the_file_says_of_it(directory: Directory, write) -> None:
    directory.import_file(write([HEADER, row()]))
    place = directory.get("cs2099000001")
    assert (place.regulator, place.name) == ("care_inspectorate", "Heather Bank")
    assert (place.overall, place.published, place.beds) == ("3", date(2025, 12, 8), 24)
    assert (place.postcode, place.local_authority) == ("ZZ1 1AA", "Northmoor")
    assert (place.provider, place.provider_id) == ("Moorland Homes", "SP2099000001")
    assert place.service_types == ["Care Home Service", "Older People"]
    assert [(g.domain, g.rating) for g in directory.grades("CS2099000001")] == [
        ("leadership", "4"),
        ("something new", "3"),
    ]


@pytest.mark.parametrize(
    ("care_service", "subtype", "more", "ours"),
    [
        ("Care Home Service", "Older People", "", "residential"),
        ("Support Service", "Care at Home", "", "home_care"),
        ("Support Service", "Other than Care at home", "Adult Daycare", "day"),
        ("Support Service", "Care at Home", "Adult Daycare; Care at Home", "home_care"),
        ("Housing Support Service", "", "", "supported_living"),
        ("Nurse Agency", "", "", "other"),
        ("Adult Placement Service", "Adult Placement Continuing Care", "", "other"),
    ],
)
def test_the_kind_of_service_becomes_ours(
    directory: Directory, write, care_service: str, subtype: str, more: str, ours: str
) -> None:
    cells = {"CareService": care_service, "Subtype": subtype, "AdditionalSubtypes": more}
    directory.import_file(write([HEADER, row(**cells)]))
    assert directory.get("CS2099000001").service_type == ours


def test_gaps_are_kept_as_gaps(directory: Directory, write) -> None:
    gaps = ("Service_Postcode", "MinGrade", "Publication_of_Latest_Grading", "TotalBeds")
    directory.import_file(write([HEADER, row(**dict.fromkeys(gaps, ""))]))
    place = directory.get("CS2099000001")
    assert (place.postcode, place.overall, place.published, place.beds) == ("", "", None, None)


def test_rows_that_cannot_be_taken_are_named(directory: Directory, write) -> None:
    rows = [
        HEADER,
        row(),
        row(CSNumber=""),
        row(CSNumber="12"),
        row(ServiceName=""),
        row(Publication_of_Latest_Grading="soon"),
    ]
    assert directory.import_file(write(rows)).problems == [
        Problem(3, "No CS number."),
        Problem(4, "'12' is not a CS number."),
        Problem(5, "The service has no name."),
        Problem(6, "The date of the latest grading 'soon' is not a date (day first)."),
    ]


def test_two_regulators_live_together(directory: Directory, real_cqc: Path) -> None:
    directory.import_file(PACKED)
    directory.import_file(real_cqc)
    found = {place.regulator for place in directory.search("care", limit=1000)}
    assert found == {"cqc", "care_inspectorate"}
