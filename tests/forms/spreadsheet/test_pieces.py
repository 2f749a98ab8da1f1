"""A large spreadsheet read in pieces gives the rows that it gives as a whole."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
import xlsxwriter

from forms.spreadsheet import pieces
from forms.spreadsheet.pieces import LargeSpreadsheet
from forms.spreadsheet.read import Cell, opened
from tests.support.forms.sheets import write_ods
from visitapp.errors import BadFile
from visitapp.storage.directory.tables import LIMITS

_CELL = re.compile(rb'(<c r="E(?:30|100)"[^>]*)>.*?</c>')
_FORTY = b'<table:table-row table:number-rows-repeated="40"><table:table-cell/></table:table-row>'
Found = tuple[dict[int, list[Cell]], list[tuple[int, int]]]


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some rows make a piece, so that a small file has many."""
    monkeypatch.setattr(pieces, "PIECE", 700)
    monkeypatch.setattr(pieces, "_AT_ONCE", 400)


def changed(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """Change the XML of the second sheet."""
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    part = "content.xml" if "content.xml" in parts else "xl/worksheets/sheet2.xml"
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name, content in parts.items():
            after.writestr(name, content)
    return path


def excel(path: Path) -> Path:
    """Two sheets: a gap, days, numbers, texts that repeat, formulas that no program worked out."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Notes").write(0, 0, "Read me")
        sheet = book.add_worksheet("Data & more")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(2, 1, ["Id", "Name", "Day", "Beds"])
        for row in (*range(3, 60), *range(90, 140)):
            sheet.write_row(row, 1, [f"1-{row}", f"Home {row % 7} <&>"])
            sheet.write_datetime(row, 3, datetime(2026, 1, 1 + row % 28), day)
            sheet.write_number(row, 4, row / 2)
    return changed(path, partial(_CELL.sub, rb"\1><f>SUM(A1)</f></c>"))


def open_document(path: Path) -> Path:
    """The same in ODS, with rows in a group and a row that stands for forty."""
    rows = [["Id", "Name", "Day"], *([f"1-{n}", f"Home {n % 7}", "2026-03-04"] for n in range(90))]
    write_ods(path, {"Notes": [["Read me"]], "Data & more": rows})

    def change(text: bytes) -> bytes:
        row = b"<table:table-row>"
        head, *lines = text.split(row)
        lines[20] += _FORTY
        lines[30] += b"<table:table-row-group>"
        lines[70] += b"</table:table-row-group>"
        return row.join([head, *lines])

    return changed(path, change)


def whole(path: Path, sheet: str) -> Found:
    with opened(path.read_bytes(), str(path), LIMITS) as book:
        rows = dict(enumerate(book.rows(sheet, str(path)), 1))
        lost = [(one.row, one.column) for one in book.unvalued(sheet)]
    return {n: trimmed(cells) for n, cells in rows.items() if any(c != "" for c in cells)}, lost


def in_pieces(path: Path, sheet: str) -> tuple[Found, int]:
    rows: dict[int, list[Cell]] = {}
    lost: list[tuple[int, int]] = []
    count = 0
    with zipfile.ZipFile(path) as package:
        book = LargeSpreadsheet(package, str(path), LIMITS)
        assert book.names == ["Notes", "Data & more"]
        for piece in book.pieces(sheet):
            count += 1
            lost += [(one.row, one.column) for one in piece.unvalued]
            for number, cells in piece.rows:
                assert number > max(rows, default=0)
                rows[number] = trimmed(cells)
    return (rows, lost), count


def trimmed(cells: list[Cell]) -> list[Cell]:
    last = max((place for place, cell in enumerate(cells, 1) if cell != ""), default=0)
    return cells[:last]


@pytest.mark.parametrize("write", [excel, open_document])
def test_the_rows_are_the_same(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    path = write(tmp_path / "file")
    found, count = in_pieces(path, "Data & more")
    assert count > 5
    assert found == whole(path, "Data & more")
    assert len(found[0]) > 90
    assert in_pieces(path, "Notes")[0] == whole(path, "Notes")


def test_a_row_without_a_number_has_the_place_where_it_stands(tmp_path: Path) -> None:
    path = changed(excel(tmp_path / "file"), lambda text: re.sub(rb' r="[A-Z]*\d+"', b"", text))
    rows = in_pieces(path, "Data & more")[0][0]
    assert sorted(rows) == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("cut", [300, 1500, 4000])
@pytest.mark.parametrize("write", [excel, open_document])
def test_a_sheet_that_is_cut_is_refused(
    tmp_path: Path, write: Callable[[Path], Path], cut: int
) -> None:
    path = changed(write(tmp_path / "file"), lambda text: text[:-cut])
    with pytest.raises(BadFile):
        in_pieces(path, "Data & more")
