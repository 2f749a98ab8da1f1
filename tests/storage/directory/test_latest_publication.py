"""For one id the latest publication stands, whatever the order of rows and files."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visitapp.storage.directory import Directory, Grade

CQC = [
    *("Location ID", "Location Name", "Location Type", "Service / Population Group", "Domain"),
    *("Latest Rating", "Publication Date", "Provider ID", "Provider Name"),
]
SCOTLAND = [
    *("CSNumber", "CareService", "ServiceName", "MinGrade", "Publication_of_Latest_Grading"),
    *("KQ_Leadership", "Client_group"),
]
RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate")
DAYS = st.dates(date(2015, 1, 1), date(2026, 11, 1))


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def rated(day: date, rating: str, group: str = "Overall", domain: str = "Overall") -> list[str]:
    return [
        *("1-900001", "Heather Bank", "Social Care Org", group, domain),
        *(rating, day.isoformat(), "1-8", "Moorland Homes"),
    ]


def graded(day: date, grade: int) -> list[str]:
    return [
        *("CS2099000001", "Care Home Service", "Heather Bank", str(grade), day.isoformat()),
        *(str(grade), "Adults"),
    ]


@st.composite
def editions(draw: st.DrawFn) -> list[list[list[str]]]:
    """Files of one location: each service group and domain has a rating of any day only once."""
    keys = st.tuples(
        st.sampled_from(["Overall", "Care Homes"]), st.sampled_from(["Overall", "Safe"]), DAYS
    )
    rows = [
        rated(day, draw(st.sampled_from(RATINGS)), group, domain)
        for group, domain, day in draw(st.lists(keys, min_size=1, max_size=10, unique=True))
    ]
    parts = draw(st.integers(1, min(3, len(rows))))
    return [rows[part::parts] for part in range(parts)]


@given(files=editions())
@settings(max_examples=40)
def test_any_order_of_rows_and_files(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[list[str]]]
) -> None:
    folder = tmp_path_factory.mktemp("orders")
    rows = [row for file in files for row in file]
    latest = {}
    for row in sorted(rows, key=lambda row: row[6]):
        latest[row[3], row[4]] = Grade(row[3], row[4], row[5], date.fromisoformat(row[6]))
    whole = [one for (_, domain), one in latest.items() if domain == "Overall"]
    stands = [one for one in whole if one.service_group == "Overall"] or whole
    for number, order in enumerate((files, [file[::-1] for file in files[::-1]])):
        directory = Directory(folder / f"{number}.db")
        for at, file in enumerate(order):
            report = directory.import_file(write(folder / f"{number}-{at}.csv", CQC, file))
            assert report.settings == 1
        grades = directory.grades("1-900001")
        assert {(one.service_group, one.domain): one for one in grades} == latest
        assert len(grades) == len(latest)
        place = directory.get("1-900001")
        expected = (stands[0].rating, stands[0].published) if stands else ("", None)
        assert (place.overall, place.published) == expected


@given(days=st.lists(DAYS, min_size=2, max_size=6, unique=True), turned=st.booleans())
@settings(max_examples=25)
def test_a_scottish_service_keeps_the_grades_of_its_latest_grading(
    tmp_path_factory: pytest.TempPathFactory, days: list[date], turned: bool
) -> None:
    folder = tmp_path_factory.mktemp("scotland")
    directory = Directory(folder / "d.db")
    rows = [graded(day, 1 + number) for number, day in enumerate(days)]
    half = len(rows) // 2
    files = [rows[:half], rows[half:]]
    told = 0
    for at, file in enumerate(files[::-1] if turned else files):
        report = directory.import_file(write(folder / f"{at}.csv", SCOTLAND, file))
        assert report.settings == 1
        told += len(report.problems)
    grade = str(1 + days.index(max(days)))
    assert directory.get("CS2099000001").overall == grade
    assert [(g.rating, g.published) for g in directory.grades("CS2099000001")] == [
        (grade, max(days))
    ]
    newest = [max(row[4] for row in file) for file in (files[::-1] if turned else files)]
    assert told == len(rows) - 2 + (newest[1] < newest[0])


def test_the_row_that_gave_way_is_named(tmp_path: Path) -> None:
    directory = Directory(tmp_path / "d.db")
    old, new = date(2021, 5, 20), date(2026, 5, 20)
    rows = [rated(old, "Good"), rated(new, "Inadequate"), rated(new, "Inadequate")]
    report = directory.import_file(write(tmp_path / "a.csv", CQC, rows))
    assert [(problem.row, problem.what) for problem in report.problems] == [
        (
            2,
            "The rating 'Good' was not taken: row 3 has one of the same service and domain, "
            "published on 20/05/2026.",
        ),
        (4, "The row repeats row 3."),
    ]
    late = directory.import_file(write(tmp_path / "b.csv", CQC, [rated(old, "Good")]))
    assert (late.settings, directory.get("1-900001").overall) == (1, "Inadequate")
    assert [problem.what for problem in late.problems] == [
        "The directory has a later publication of 1-900001, which stands."
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_ratings_of_one_day_the_worse_stands(tmp_path: Path, turned: bool) -> None:
    directory = Directory(tmp_path / "d.db")
    day = date(2026, 5, 20)
    rows = [rated(day, "Good"), rated(day, "Requires improvement")]
    directory.import_file(write(tmp_path / "a.csv", CQC, rows[::-1] if turned else rows))
    assert directory.get("1-900001").overall == "Requires improvement"


def kitchen(rating: str, rated_on: str) -> dict[str, object]:
    return {
        "FHRSID": 77,
        "BusinessName": "Heather Bank",
        "BusinessType": "Caring Premises",
        "PostCode": "zz11aa",
        "RatingValue": rating,
        "RatingDate": rated_on or None,
        "LocalAuthorityName": "Northmoor",
    }


@pytest.mark.parametrize("turned", [False, True])
def test_the_later_food_hygiene_file_stands(tmp_path: Path, turned: bool) -> None:
    """A kitchen that waits for its inspection under new owners has lost its old five."""
    directory = Directory(tmp_path / "d.db")
    files = []
    for extracted, one in (
        ("2020-11-14", kitchen("5", "2019-03-11")),
        ("2026-05-01", kitchen("AwaitingInspection", "")),
    ):
        tree = {
            "FHRSEstablishment": {
                "Header": {"ExtractDate": extracted},
                "EstablishmentCollection": [one],
            }
        }
        path = tmp_path / f"{extracted}.json"
        path.write_text(json.dumps(tree), encoding="utf-8")
        files.append(path)
    reports = [directory.import_file(path) for path in (files[::-1] if turned else files)]
    assert [report.kind for report in reports] == ["food-hygiene", "food-hygiene"]
    assert directory.hygiene("ZZ1 1AA")[0].rating == "AwaitingInspection"
    assert [len(report.problems) for report in reports] == [0, int(turned)]


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Overall", "Well-led"), ("Overall", "Well led")),
        (("Overall", "Safe"), ("overall", "SAFE?")),
        (("Care Homes", "Overall"), ("care  homes", "overall ")),
    ],
)
def test_two_spellings_of_a_domain_or_group_are_one(
    tmp_path: Path, one: tuple[str, str], other: tuple[str, str], newest_first: bool
) -> None:
    rows = [rated(date(2021, 5, 20), "Good", *one), rated(date(2026, 5, 20), "Inadequate", *other)]
    directory = Directory(tmp_path / "directory.db")
    path = write(tmp_path / "ratings.csv", CQC, rows[::-1] if newest_first else rows)
    report = directory.import_file(path)
    assert [grade.rating for grade in directory.grades("1-900001")] == ["Inadequate"]
    assert [problem.row for problem in report.problems] == [3 if newest_first else 2]
