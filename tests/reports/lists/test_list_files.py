"""Lists as CSV and XLSX: what is shown, and nothing that a spreadsheet would run."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.desk.sheets import below_head, cells
from visitapp.errors import BadFile, Code, EnvironmentProblem
from visitapp.records import ListExport
from visitapp.reports.lists.save import save_list
from visitapp.reports.lists.table import LONGEST, ListTable
from visitapp.rules.text import defused, undefused
from visitapp.services.services import Services

AT = datetime(2026, 11, 30, 13, 5, tzinfo=UTC)
TYPES = pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
HOSTILE = [
    "=1+1",
    "+44 1522 000000",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\uff1d1+1",
    "=cmd|' /C calc'!A0",
    "http://example.org/",
    "mailto:somebody@example.org",
    "'quoted",
    "{=A1}",
]


def table(*rows: tuple[Any, ...], **more: Any) -> ListTable:
    made = {
        "name": "Actions",
        "filters": ["Open"],
        "headings": ["Title", "Due", "Count"],
        "rows": rows,
        "by": "Ann Officer",
        "at": AT,
    }
    return ListTable(**(made | more))


@TYPES
def test_the_head_says_what_it_is(services: Services, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"list{suffix}"
    shown = table(("Mend the roof", date(2026, 12, 7), 3), typed=["search for “roof”"])
    save_list(shown, path, services.exports)
    name, filters, who, count, empty, *_ = cells(path)
    assert (name[0], count[0], [c for c in empty if c]) == ("Actions", "1 row", [])
    assert filters[0] == "Filters: Open; search for “roof”"
    assert re.fullmatch(r"Exported by Ann Officer on 30 Nov 2026 at \d\d:05", who[0])
    titles, row = below_head(path)
    assert titles == ["Title", "Due", "Count"]
    day = date(2026, 12, 7)
    assert row == ["Mend the roof", *(("2026-12-07", "3") if suffix == ".csv" else (day, 3.0))]


@TYPES
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_run(services: Services, tmp_path: Path, suffix: str, text: str) -> None:
    path = tmp_path / f"list{suffix}"
    save_list(table((text, None, None), headings=[text, "", ""]), path, services.exports)
    titles, row = below_head(path)
    for cell in (titles[0], row[0]):
        if suffix == ".csv":
            assert not cell.lstrip(" \t\r\n").startswith(tuple("=+-@\uff1d"))
        assert undefused(cell) == text.replace("\r", "\n")
    if suffix == ".xlsx":
        with zipfile.ZipFile(path) as package:
            sheet = package.read("xl/worksheets/sheet1.xml")
            assert b"<f>" not in sheet
            assert b"<hyperlink" not in sheet
            assert not [part for part in package.namelist() if "external" in part or "vba" in part]


@TYPES
def test_characters_that_no_file_may_have(services: Services, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"list{suffix}"
    text = "a\x00b\x07c\x1bd\ud800e\ufffef_x0041_"
    save_list(table((text, None, None), ("x" * 40_000, None, None)), path, services.exports)
    _, odd, long = below_head(path)
    assert odd[0] == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf_x0041_"
    assert len(long[0]) == LONGEST
    assert long[0].endswith("…")


@given(st.text(max_size=60))
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert undefused(defused(text)) == text


@given(rows=st.lists(st.tuples(st.text(max_size=20), st.integers(-9, 9)), max_size=5))
@settings(max_examples=20, deadline=None)
def test_both_types_of_file_hold_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    public = table(*((text, None, n) for text, n in rows), personal=False)
    held = []
    for suffix in (".csv", ".xlsx"):
        path = save_list(public, folder / f"list{suffix}", None)  # type: ignore[arg-type]  # a public list is not noted
        found = below_head(path)[1:]
        held.append([[undefused(str(row[0])), float(row[2])] for row in found if len(row) > 2])
    assert held[0] == held[1] or any(not text.strip() for text, _ in rows)


@TYPES
def test_a_personal_list_is_noted_and_a_public_one_is_not(
    services: Services, tmp_path: Path, suffix: str
) -> None:
    shown = table(("Mend", None, 1), ("Paint", None, 2), typed=["search for “Ann”"])
    save_list(shown, tmp_path / f"a{suffix}", services.exports)
    save_list(table(personal=False), tmp_path / f"b{suffix}", services.exports)
    with services.desk.reading() as session:
        (one,) = session.query(ListExport)
        assert (one.list_name, one.filters, one.row_count, one.file_type) == (
            "Actions",
            "Open; search",
            2,
            suffix[1:],
        )
        assert one.user_id == services.me().id


def test_other_types_and_folders_are_refused(services: Services, tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        save_list(table(), tmp_path / "list.pdf", services.exports)
    assert refused.value.code is Code.FILE_UNKNOWN
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentProblem):
        save_list(table(), tmp_path / "file" / "list.csv", services.exports)
