"""Files made to break the import: each is refused in a sentence, soon and in little memory."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from forms.spreadsheet import compound
from forms.spreadsheet.records import within_limits
from forms.xlsform import import_xlsform
from forms.xlsform.limits import SPREADSHEET
from tests.support.forms.sheets import write_ods, write_xlsx
from tests.support.forms.xlsforms import import_file
from visitapp.errors import BadFile, Code

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SURVEY = [["type", "name"], ["text", "a"]]


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


def with_part(path: Path, change: dict[bytes, bytes]) -> None:
    """Changes the text of a spreadsheet's parts in place."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for old, new in change.items():
        assert any(old in text for text in parts.values())
        parts = {name: text.replace(old, new) for name, text in parts.items()}
    path.write_bytes(packed(parts))


def chained(next_of_first: int) -> bytes:
    """An old Excel container of three sectors; sector 1, its directory, is followed by this."""
    header = bytearray(512)
    header[:8] = compound.SIGNATURE
    struct.pack_into("<HH", header, 30, 9, 6)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<I", header, 56, 4096)
    struct.pack_into("<IIII", header, 60, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, next_of_first, 1, *[0xFFFFFFFF] * 125)
    return bytes(header) + table + bytes(1024)


ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def with_stream(name: bytes) -> bytes:
    """A container whose one stream has this name."""
    data = bytearray(chained(0xFFFFFFFE))
    entry = bytearray(128)
    entry[: len(name)] = name
    struct.pack_into("<HB", entry, 64, len(name) + 2, 2)
    struct.pack_into("<IQ", entry, 116, 0xFFFFFFFE, 0)
    data[1024 : 1024 + 128] = entry
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (b"\0" * 5000, Code.FILE_EMPTY),
        (b"\xef\xbb\xbf \r\n", Code.FILE_EMPTY),
        (bytes(range(256)) * 40, Code.FILE_UNKNOWN),
        (b"%PDF-1.4 no form at all", Code.FILE_UNKNOWN),
        (b"name_key,name\nmango,Mango\n", Code.FILE_UNKNOWN),
        (b"PK\x03\x04" + b"x" * 500, Code.FILE_UNREADABLE),
        (packed({"readme.txt": b"hello"}), Code.FILE_UNKNOWN),
        (packed({"xl/workbook.bin": b"\0"}), Code.FILE_UNKNOWN),
        (packed({"xl/worksheets/sheet1.xml": b" " * 130_000_000}), Code.FILE_TOO_LARGE),
        (packed({f"{n}.xml": b"" for n in range(5001)}), Code.FILE_TOO_LARGE),
        (compound.SIGNATURE + b"\xff" * 3000, Code.FILE_UNREADABLE),
        (compound.SIGNATURE + b"\0" * 3000, Code.FILE_UNREADABLE),
        (chained(2), Code.FILE_UNREADABLE),
        (with_stream("Nothing".encode("utf-16-le")), Code.FILE_UNKNOWN),
        (b'survey,,\n,type,name\n,text,"' + b"x" * 200_000, Code.FILE_UNREADABLE),
    ],
)
def test_what_is_no_form_is_refused(tmp_path: Path, data: bytes, code: Code) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(data)
    with pytest.raises(BadFile) as refusal:
        import_xlsform(path)
    assert refusal.value.code is code
    assert str(refusal.value.what).endswith(".")
    assert refusal.value.file == "file.bin"


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refusal:
        import_xlsform(tmp_path / "none.xlsx")
    assert refusal.value.code is Code.FILE_MISSING
    with pytest.raises(BadFile):
        import_xlsform(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_or_device_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "zero.xlsx").symlink_to("/dev/zero")
    for name in ("pipe.xlsx", "zero.xlsx"):
        with pytest.raises(BadFile, match="not a file"):
            import_xlsform(tmp_path / name)


def test_a_password_is_told(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(with_stream(ENCRYPTED))
    with pytest.raises(BadFile, match="password"):
        import_xlsform(path)
    write_ods(path, {"survey": SURVEY})
    with_part(path, {b"<manifest:file-entry": b"<manifest:encryption-data/><manifest:file-entry"})
    with pytest.raises(BadFile, match="password"):
        import_xlsform(path)


def test_a_cell_in_the_last_corner_takes_no_memory(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "corner.xlsx", {"survey": SURVEY})
    cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    with_part(path, {b"</sheetData>": cell + b"</sheetData>"})
    tracemalloc.start()
    with pytest.raises(BadFile, match="too large"):
        import_xlsform(path)
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_empty_cells_far_out_do_no_harm(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "styled.xlsx", {"survey": SURVEY})
    cells = b'<row r="9"><c r="XFD9" s="1"/></row><row r="1048576"/>'
    with_part(path, {b"</sheetData>": cells + b"</sheetData>"})
    assert list(import_file(path).form.questions) == ["a"]


def test_a_row_repeated_a_million_times(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "rows.ods", {"survey": SURVEY})
    change = {b"<table:table-row>": b'<table:table-row table:number-rows-repeated="1048576">'}
    with_part(path, change)
    with pytest.raises(BadFile):
        import_xlsform(path)


def test_counts_that_only_claim_make_no_room(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "claims.xlsx", {"survey": SURVEY})
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(
            "xl/sharedStrings.xml",
            f'<sst xmlns="{MAIN}" count="1" uniqueCount="4000000000"><si><t>x</t></si></sst>',
        )
    with_part(path, {b"<sheetData>": b'<dimension ref="XFD1048576:A1"/><sheetData>'})
    assert list(import_file(path).form.questions) == ["a"]


def record(kind: int, body: bytes) -> bytes:
    """A record of an old Excel workbook."""
    return struct.pack("<HH", kind, len(body)) + body


BEGIN, END = record(0x0809, b"\0" * 16), record(0x000A, b"")
BACKWARDS = struct.pack("<IIHHH", 0x4000, 3, 0, 3, 0)
FAR_CELL = record(0x0203, struct.pack("<HHHd", 65535, 255, 0, 1.0))


def workbook(sheet: bytes, begin: int | None = None) -> bytes:
    """A workbook of one sheet, said to begin where it does or at `begin`."""
    head = len(BEGIN) + len(record(0x0085, b"\0" * 8)) + len(END)
    at = head if begin is None else begin
    return BEGIN + record(0x0085, struct.pack("<IHBB", at, 0, 0, 0)) + END + BEGIN + sheet + END


def test_sizes_that_an_old_workbook_claims_are_taken_away() -> None:
    checked = within_limits(workbook(record(0x0200, BACKWARDS)), "old.xls", SPREADSHEET)
    assert checked == workbook(record(0x0200, b"\0" * 14))


def test_a_sheet_may_begin_anywhere_and_is_measured_there() -> None:
    with pytest.raises(BadFile, match="too large"):
        within_limits(workbook(FAR_CELL), "old.xls", SPREADSHEET)
    hidden = record(0x1234, FAR_CELL)
    assert within_limits(workbook(hidden), "old.xls", SPREADSHEET) == workbook(hidden)
    inside = len(workbook(b"")) - len(END) + 4
    with pytest.raises(BadFile, match="too large"):
        within_limits(workbook(hidden, inside), "old.xls", SPREADSHEET)


def test_more_strings_than_bytes_are_damage() -> None:
    with pytest.raises(ValueError, match="strings"):
        within_limits(record(0x00FC, struct.pack("<II", 1, 2**31 - 1)), "old.xls", SPREADSHEET)


def test_sheets_that_overlap_are_not_walked_for_ever() -> None:
    sheets = b"".join(record(0x0085, struct.pack("<I", 4 * n)) for n in range(150))
    with pytest.raises(ValueError, match="too many records"):
        within_limits(sheets + record(0x0001, b"") * 60_000, "old.xls", SPREADSHEET)


def test_many_rows_are_refused_at_a_row(tmp_path: Path) -> None:
    rows = [["type", "name"], *(["text", f"q{n}"] for n in range(30_000))]
    path = write_xlsx(tmp_path / "long.xlsx", {"survey": rows})
    with pytest.raises(BadFile, match="too many rows") as refusal:
        import_xlsform(path)
    assert refusal.value.row == 20_001


def conditions(tmp_path: Path, calculations: list[tuple[str, str]], relevant: str) -> str | None:
    """The condition of a question that is asked after these calculations."""
    rows = [["type", "name", "calculation", "relevant"], ["integer", "a", "", ""]]
    rows += [["calculate", name, source, ""] for name, source in calculations]
    rows.append(["text", "t", "", relevant])
    form = import_file(write_xlsx(tmp_path / "f.xlsx", {"survey": rows})).form
    return form.questions["t"].relevant


def test_expressions_that_grow_without_end(tmp_path: Path) -> None:
    doubling = [("c0", "${a}")] + [
        (f"c{n}", f"${{c{n - 1}}} + ${{c{n - 1}}}") for n in range(1, 90)
    ]
    assert conditions(tmp_path, doubling, "${c89} = 1") is None
    chain = [(f"c{n}", f"${{c{n + 1}}}") for n in range(2000)]
    assert conditions(tmp_path, chain, "${c0} = 1") is None
    assert conditions(tmp_path, [], "(" * 3000 + "1" + ")" * 3000) is None
    assert conditions(tmp_path, [], "-" * 5000 + "${a} < 1") is not None
    assert conditions(tmp_path, [], "not(" * 20 + "${a} = 1" + ")" * 20) == "answers.a == 1"


def test_nothing_in_a_cell_is_run_or_read(tmp_path: Path) -> None:
    words = ["=cmd|' /C calc'!A0", "!!python/object:os.system", "&a *a", "{{7*7}}", "- [x]: #y"]
    rows = [["type", "name", "label"], *(["text", f"q{n}", w] for n, w in enumerate(words))]
    form = import_file(write_xlsx(tmp_path / "f.xlsx", {"survey": rows})).form
    assert [question.ask for question in form.questions.values()] == words
