"""CQC latest ratings, in every layout that councils have been sent."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.support.directory.cqc import HEADER, write_cqc
from tests.support.forms.sheets import write_ods, write_xlsx
from visitapp.errors import BadFile, Code
from visitapp.storage.directory import Directory, Problem

Rows = list[list[str]]
COLUMN = {name: at for at, name in enumerate(HEADER)}


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """The header and rows of a file with invented places, one of them with an accent."""
    with write_cqc(tmp_path / "as_published.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.reader(file))
    for row in found:
        row[:] = ["Crèche Lane" if cell == "1 Beck Lane" else cell for cell in row]
    return found


def put(rows: Rows, name: str, value: str, *, only: Callable[[list[str]], bool] = bool) -> Rows:
    """The same rows with one column set, in those rows that `only` picks."""
    at = COLUMN[name]
    return [rows[0]] + [
        [*row[:at], value, *row[at + 1 :]] if only(row) else row for row in rows[1:]
    ]


def imported(directory: Directory, path: Path) -> list[object]:
    """All that the directory then holds of the invented places."""
    report = directory.import_file(path)
    assert report.kind == "cqc-ratings"
    assert (report.rows, report.settings, report.social_care) == (48, 4, 3)
    assert report.problems == []
    places = sorted(directory.search("ZZ"), key=lambda place: place.location_id)
    return [(place, directory.grades(place.location_id)) for place in places]


def test_the_real_file_has_its_counts(directory: Directory, real_cqc: Path) -> None:
    report = directory.import_file(real_cqc)
    assert (report.file, report.kind) == (str(real_cqc), "cqc-ratings")
    assert (report.rows, report.settings, report.social_care) == (4159, 478, 356)
    assert report.problems == []


def test_the_ratings_of_the_real_file_are_kept_as_published(
    directory: Directory, real_cqc: Path
) -> None:
    directory.import_file(real_cqc)
    with real_cqc.open(encoding="utf-8-sig", newline="") as file:
        published = list(csv.DictReader(file))
    for location_id in sorted({row["Location ID"] for row in published})[::16]:
        kept = {
            (g.service_group, g.domain, g.rating, f"{g.published:%m/%d/%Y}" if g.published else "")
            for g in directory.grades(location_id)
        }
        assert kept == {
            (
                row["Service / Population Group"],
                row["Domain"],
                row["Latest Rating"],
                row["Publication Date"],
            )
            for row in published
            if row["Location ID"] == location_id
        }


def test_a_place_is_what_the_file_says_of_it(directory: Directory, rows: Rows, write) -> None:
    (heather, grades), (larch, _), (rowan, _), (surgery, _) = imported(directory, write(rows))
    assert (heather.location_id, heather.name, heather.postcode) == (
        "1-900001",
        "Heather Bank",
        "ZZ1 1AA",
    )
    assert (heather.provider, heather.provider_id) == ("Moorland Homes Ltd", "1-800001")
    assert (heather.local_authority, heather.address) == ("Northmoor", "Crèche Lane, Fellbeck")
    assert (heather.overall, heather.published) == ("Good", date(2026, 5, 29))
    assert (heather.regulator, heather.service_types, heather.beds) == ("cqc", ["Care Homes"], None)
    assert [p.service_type for p in (heather, larch, rowan, surgery)] == [
        "residential",
        "nursing",
        "home_care",
        "other",
    ]
    assert [p.social_care for p in (heather, larch, rowan, surgery)] == [True, True, True, False]
    assert len(grades) == 12


def snake(rows: Rows) -> Rows:
    names = [
        "".join(c if c.isalnum() else "_" for c in name.lower()).strip("_") for name in rows[0]
    ]
    return [names, *rows[1:]]


def shuffled(rows: Rows) -> Rows:
    order = list(range(len(rows[0])))
    random.Random(7).shuffle(order)
    return [[row[at] for at in order] for row in rows]


def with_more_columns(rows: Rows) -> Rows:
    return [["New framework", *rows[0], "Notes"]] + [["QS", *row, "x, y"] for row in rows[1:]]


def under_titles(rows: Rows) -> Rows:
    return [["CQC ratings, June 2026"], [], ["Location ID", "explained on page 2"], *rows]


def with_blank_lines(rows: Rows) -> Rows:
    return [rows[0], [""] * len(rows[0]), *rows[1:], [], []]


def day_first(rows: Rows) -> Rows:
    return put(rows, "Publication Date", "29/05/2026")


def iso_dates(rows: Rows) -> Rows:
    return put(rows, "Publication Date", "2026-05-29 00:00:00")


def named_months(rows: Rows) -> Rows:
    return put(rows, "Publication Date", "29 May 2026")


def without_most_columns(rows: Rows) -> Rows:
    kept = [at for name, at in COLUMN.items() if "CCG" not in name and "Brand" not in name]
    return [[row[at] for at in kept] for row in rows]


@pytest.mark.parametrize(
    "layout",
    [
        snake,
        shuffled,
        with_more_columns,
        under_titles,
        with_blank_lines,
        day_first,
        iso_dates,
        named_months,
        without_most_columns,
    ],
)
def test_another_layout_says_the_same(
    tmp_path: Path, rows: Rows, write, layout: Callable[[Rows], Rows]
) -> None:
    usual = imported(Directory(tmp_path / "a.db"), write(rows))
    other = imported(Directory(tmp_path / "b.db"), write(layout(rows), name="other.csv"))
    assert other == usual


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_another_encoding_says_the_same(
    tmp_path: Path, rows: Rows, write, delimiter: str, encoding: str
) -> None:
    usual = imported(Directory(tmp_path / "a.db"), write(rows))
    path = write(rows, name="other.dat", delimiter=delimiter, encoding=encoding, newline="\n")
    assert imported(Directory(tmp_path / "b.db"), path) == usual


@pytest.mark.parametrize("writer", [write_ods, write_xlsx])
def test_a_spreadsheet_says_the_same_whatever_it_is_called(
    tmp_path: Path, rows: Rows, write, writer: Callable[..., Path]
) -> None:
    usual = imported(Directory(tmp_path / "a.db"), write(rows))
    sheets = {"Read me": [["Ratings"], []], "Locations": [["June 2026"], *iso_dates(rows)]}
    sheets["Locations"] = [[c.replace(" 00:00:00", "") for c in row] for row in sheets["Locations"]]
    path = writer(tmp_path / "sheet.csv", sheets)
    assert imported(Directory(tmp_path / "b.db"), path) == usual


def test_one_decidable_date_decides_for_all(directory: Directory, rows: Rows, write) -> None:
    undecidable = put(rows, "Publication Date", "03/04/2026")
    undecidable[5][COLUMN["Publication Date"]] = "04/13/2026"
    directory.import_file(write(undecidable))
    assert directory.get("1-900002").published == date(2026, 3, 4)
    undecidable[5][COLUMN["Publication Date"]] = "13/04/2026"
    directory.import_file(write(undecidable))
    assert directory.get("1-900002").published == date(2026, 4, 3)


def test_a_blank_date_is_none(directory: Directory, rows: Rows, write) -> None:
    directory.import_file(write(put(rows, "Publication Date", "")))
    place = directory.get("1-900001")
    assert (place.overall, place.published) == ("Good", None)


def overall_row(row: list[str]) -> bool:
    return row[COLUMN["Service / Population Group"]] == "Overall"


def test_not_rated_overall_stays_so_beside_a_rated_group(
    directory: Directory, rows: Rows, write
) -> None:
    directory.import_file(write(put(rows, "Latest Rating", "Not Rated", only=overall_row)))
    assert directory.get("1-900001").overall == "Not Rated"


def test_without_an_overall_group_the_only_group_tells(
    directory: Directory, rows: Rows, write
) -> None:
    directory.import_file(write([row for row in rows if not overall_row(row)]))
    assert directory.get("1-900001").overall == "Good"


def test_words_outside_the_usual_scale_are_kept(directory: Directory, rows: Rows, write) -> None:
    directory.import_file(write(put(rows, "Latest Rating", "Inspected but not rated")))
    assert directory.get("1-900001").overall == "Inspected but not rated"


def test_piped_service_types_and_beds_are_read(directory: Directory, rows: Rows, write) -> None:
    more = [[*rows[0], "Service types", "Care homes beds"]]
    more += [[*row, "Residential homes|Supported living service", "24"] for row in rows[1:]]
    directory.import_file(write(more))
    place = directory.get("1-900001")
    assert place.service_types == ["Residential homes", "Supported living service"]
    assert (place.service_type, place.beds) == ("residential", 24)


def test_a_home_registered_twice_stays_two(directory: Directory, rows: Rows, write) -> None:
    twin = [[*row] for row in rows[1:13]]
    for row in twin:
        row[COLUMN["Location ID"]] = "RGN49"
    directory.import_file(write([*rows, *twin]))
    assert {p.location_id for p in directory.search("Heather Bank ZZ11AA")} == {"1-900001", "RGN49"}


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("Location ID", "", "No location ID."),
        ("Location ID", "see note", "'see note' is not a location ID."),
        ("Location Name", "", "The location has no name."),
        ("Latest Rating", "", "The row has no domain or no rating."),
        (
            "Publication Date",
            "31/02/2026",
            "The publication date '31/02/2026' is not a date (month first).",
        ),
        ("Publication Date", "soon", "The publication date 'soon' is not a date (month first)."),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_the_rest_comes(
    directory: Directory, rows: Rows, write, column: str, value: str, what: str
) -> None:
    rows[4][COLUMN[column]] = value
    report = directory.import_file(write(rows))
    assert report.problems == [Problem(5, what)]
    assert (report.rows, report.settings) == (48, 4)
    assert len(directory.grades("1-900001")) == 11


def test_a_short_row_in_the_middle_is_a_problem(directory: Directory, rows: Rows, write) -> None:
    rows[4] = rows[4][:5]
    report = directory.import_file(write(rows))
    assert report.problems == [Problem(5, "The row has too few cells.")]


def test_a_line_break_in_a_cell_keeps_the_count_of_lines(
    directory: Directory, rows: Rows, write
) -> None:
    rows[1][COLUMN["Location City"]] = "Fellbeck\nNorthmoor"
    rows[4][COLUMN["Location ID"]] = ""
    assert directory.import_file(write(rows)).problems == [Problem(6, "No location ID.")]


def test_a_file_that_ends_in_the_middle_of_a_row_is_refused(
    directory: Directory, real_cqc: Path, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.csv"
    cut.write_bytes(real_cqc.read_bytes()[:700_000])
    with pytest.raises(BadFile) as refused:
        directory.import_file(cut)
    assert refused.value.code == Code.FILE_UNREADABLE
    assert refused.value.row is not None
    assert not directory.path.exists()


def test_a_file_of_which_nothing_can_be_taken_is_refused(
    directory: Directory, rows: Rows, write
) -> None:
    with pytest.raises(BadFile, match="No row") as refused:
        directory.import_file(write(put(rows, "Location ID", "?")))
    assert (refused.value.code, refused.value.row) == (Code.FILE_UNREADABLE, 2)


def test_a_header_alone_is_refused(directory: Directory, rows: Rows, write) -> None:
    with pytest.raises(BadFile) as refused:
        directory.import_file(write(rows[:1]))
    assert refused.value.code == Code.FILE_EMPTY


def test_progress_is_told_and_can_stop_it(directory: Directory, real_cqc: Path) -> None:
    told: list[int] = []
    directory.import_file(real_cqc, told.append)
    assert told[:4] == [1000, 2000, 3000, 4000]
    assert set(told[4:]) == {4159}, "the locations are put into the directory after the last row"

    def stop(rows: int) -> None:
        raise InterruptedError

    before = directory.path.read_bytes()
    with pytest.raises(InterruptedError):
        directory.import_file(real_cqc, stop)
    assert directory.path.read_bytes() == before
