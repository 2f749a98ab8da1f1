"""A refusal gives the real reason, the column and a remedy that works; notes refuse nothing."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.directory.cqc import write_cqc
from tests.support.forms.sheets import write_ods, write_xlsx
from visitapp.errors import BadFile, Code
from visitapp.storage.directory import Directory, Problem

NOTE = "Source: Care Quality Commission. Downloaded 1 June 2026."
Rows = list[list[str]]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    with write_cqc(tmp_path / "as_published.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def text_of(rows: Rows, newline: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=newline).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("notes", [[[NOTE]], [[NOTE, " and the ONS"], ["Second note"]]])
def test_notes_under_the_rows_are_named(
    directory: Directory, write, rows: Rows, notes: Rows
) -> None:
    report = directory.import_file(write([*rows, *notes]))
    assert (report.rows, report.settings) == (len(rows) - 1, 4)
    assert [problem.row for problem in report.problems] == list(
        range(len(rows) + 1, len(rows) + 1 + len(notes))
    )
    assert report.problems[0].what == f"This is a note, not a row: {NOTE!r}."


@pytest.mark.parametrize("kept", [1, 2, 5, 20, 60])
def test_a_row_that_was_cut_is_still_refused(
    directory: Directory, write, rows: Rows, kept: int
) -> None:
    path = write(rows)
    last = text_of(rows[-1:])
    content = path.read_bytes().removesuffix(last.encode())
    path.write_bytes(content + last[:kept].encode())
    with pytest.raises(BadFile, match="incomplete"):
        directory.import_file(path)


@pytest.mark.parametrize("newline", ["\r", "\n", "\r\n"])
def test_every_line_end_is_taken(
    directory: Directory, tmp_path: Path, rows: Rows, newline: str
) -> None:
    path = tmp_path / "ratings.csv"
    path.write_bytes(text_of(rows, newline).encode())
    report = directory.import_file(path)
    assert (report.rows, report.settings, report.problems) == (len(rows) - 1, 4, [])


def test_a_header_with_a_note_in_brackets(directory: Directory, write, rows: Rows) -> None:
    head = ["Publication date (DD/MM/YYYY)" if c == "Publication Date" else c for c in rows[0]]
    assert directory.import_file(write([head, *rows[1:]])).settings == 4


@pytest.mark.parametrize(
    "missing", ["Domain", "Location Name", "Latest Rating", "Service / Population Group"]
)
@pytest.mark.parametrize("as_sheet", [False, True])
def test_the_missing_column_is_named(
    directory: Directory, write, tmp_path: Path, rows: Rows, missing: str, as_sheet: bool
) -> None:
    at = rows[0].index(missing)
    less = [[*row[:at], *row[at + 1 :]] for row in rows]
    path = write_xlsx(tmp_path / "r.xlsx", {"Ratings": less}) if as_sheet else write(less)
    with pytest.raises(BadFile) as refused:
        directory.import_file(path)
    assert refused.value.code == Code.FILE_UNKNOWN
    assert f"looks like CQC latest ratings, but it has no column “{missing}”" in str(refused.value)


def test_a_known_other_file_is_named(directory: Directory, write) -> None:
    head = ["Name", "Address", "Phone number", "Service types", "Location URL"]
    with pytest.raises(BadFile, match="looks like CQC's care directory"):
        directory.import_file(write([head, ["Heather Bank", "1 Beck Lane", "0", "Care", "x"]]))


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_every_unicode_encoding_is_taken(
    directory: Directory, tmp_path: Path, rows: Rows, encoding: str
) -> None:
    path = tmp_path / "ratings.csv"
    path.write_bytes(text_of(rows).replace("Heather Bank", "Łąka Høuse").encode(encoding))
    assert directory.import_file(path).settings == 4
    assert [place.name for place in directory.search("laka house")] == ["Łąka Høuse"]


def test_a_description_beside_the_data_in_a_zip_is_no_directory(
    directory: Directory, tmp_path: Path, rows: Rows
) -> None:
    members = {"readme.txt": b"About these data", "ratings.csv": text_of(rows).encode()}
    assert directory.import_file(zipped(tmp_path / "download.zip", members)).settings == 4


def test_a_spreadsheet_in_a_zip_is_to_be_unpacked(
    directory: Directory, tmp_path: Path, rows: Rows
) -> None:
    sheet = write_xlsx(tmp_path / "r.xlsx", {"Ratings": rows})
    path = zipped(tmp_path / "download.zip", {"ratings.xlsx": sheet.read_bytes()})
    with pytest.raises(BadFile, match=r"holds no CSV, XML or JSON file\..*Unpack it"):
        directory.import_file(path)


@pytest.mark.parametrize("write_book", [write_xlsx, write_ods])
def test_two_editions_on_two_sheets_are_refused_and_none_is_chosen(
    directory: Directory, tmp_path: Path, rows: Rows, write_book: Callable[..., Path]
) -> None:
    path = write_book(tmp_path / "r.book", {"About": [[NOTE]], "2025": rows, "2026": rows})
    with pytest.raises(BadFile, match="Two sheets of the file hold a directory: 2025 and 2026"):
        directory.import_file(path)
    assert not directory.has_places()


def test_one_file_in_a_zip_is_read(directory: Directory, tmp_path: Path, rows: Rows) -> None:
    content = text_of(rows).encode()
    members = {"ratings.csv": content, "__MACOSX/._ratings.csv": b"x", "readme.pdf": b"%PDF"}
    report = directory.import_file(zipped(tmp_path / "download.zip", members))
    assert (report.settings, report.problems) == (4, [])
    with pytest.raises(BadFile, match="contains 2 files"):
        directory.import_file(zipped(tmp_path / "two.zip", {"a.csv": content, "b.csv": content}))


def test_a_rating_that_cannot_be_right_is_a_problem_of_its_row(
    directory: Directory, write, rows: Rows
) -> None:
    rating, day = rows[0].index("Latest Rating"), rows[0].index("Publication Date")
    rows[2][rating] = "Godo"
    rows[3][day] = "12/31/2099"
    assert directory.import_file(write(rows)).problems == [
        Problem(3, "'Godo' is not a rating that CQC publishes."),
        Problem(4, "The publication date '12/31/2099' is after today."),
    ]


def turned(rows: Rows) -> Rows:
    day = rows[0].index("Publication Date")
    found = [list(row) for row in rows]
    for number, row in enumerate(found[1:]):
        row[day] = "2026-04-03" if number % 2 else "05/29/2026"
    return found


@pytest.mark.parametrize("writer", [write_ods, write_xlsx])
def test_dates_turned_by_excel_refuse_the_file(
    directory: Directory, tmp_path: Path, rows: Rows, writer: Callable[..., Path]
) -> None:
    with pytest.raises(BadFile, match="swapped the day and the month"):
        directory.import_file(writer(tmp_path / "sheet", {"Ratings": turned(rows)}))
    assert not directory.path.exists()


def with_sheet(path: Path, change: Callable[[str], str]) -> Path:
    """Change the XML of the first sheet of an .xlsx file."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = change(parts[name].decode()).encode()
    return zipped(path, parts)


def test_a_formula_without_a_value_is_a_problem_of_its_row(
    directory: Directory, tmp_path: Path, rows: Rows
) -> None:
    path = write_xlsx(tmp_path / "r.xlsx", {"Ratings": rows})
    good = '<c t="inlineStr"><is><t>Good</t></is></c>'
    with_sheet(path, lambda text: text.replace(good, "<c><f>A1</f><v></v></c>", 1))
    (problem,) = directory.import_file(path).problems
    assert problem.row == 2
    assert "The cell T2 is a formula that no program has worked out yet." in problem.what


def test_a_last_row_of_formulas_alone_is_named(
    directory: Directory, tmp_path: Path, rows: Rows
) -> None:
    path = write_xlsx(tmp_path / "r.xlsx", {"Ratings": rows})
    last = "<row>" + "<c><f>A1</f><v/></c>" * len(rows[0]) + "</row></sheetData>"
    with_sheet(path, lambda text: text.replace("</sheetData>", last))
    (problem,) = directory.import_file(path).problems
    assert problem.row == len(rows) + 1


FAR = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'


def test_a_far_cell_takes_no_memory(directory: Directory, tmp_path: Path, rows: Rows) -> None:
    path = write_xlsx(tmp_path / "r.xlsx", {"Ratings": rows})
    with_sheet(path, lambda text: text.replace("</sheetData>", FAR))
    tracemalloc.start()
    with pytest.raises(BadFile) as refused:
        directory.import_file(path)
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
    assert refused.value.code == Code.FILE_TOO_LARGE
    assert "The sheet “Ratings” is far too large for a directory." in str(refused.value)


def test_a_far_cell_in_a_sheet_that_is_not_read_does_no_harm(
    directory: Directory, tmp_path: Path, rows: Rows
) -> None:
    path = write_xlsx(tmp_path / "r.xlsx", {"Notes": [["x"]], "Ratings": rows})
    path = with_sheet(path, lambda text: text.replace("</sheetData>", FAR))
    report = directory.import_file(path)
    assert (report.settings, report.problems) == (4, [])


def test_a_panic_of_the_sheet_reader_is_one_sentence(tmp_path: Path) -> None:
    """Whatever its Rust code does, nothing of it reaches the terminal."""
    path = write_xlsx(tmp_path / "r.xlsx", {"Ratings": [["Location ID"]]})
    with_sheet(path, lambda text: text.replace("<c ", '<c r="A99999999999" ', 1))
    command = [sys.executable, "-m", "visitapp", "--data-dir", str(tmp_path / "d"), "import"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "panic" not in done.stderr.casefold()
