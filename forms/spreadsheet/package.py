"""Spreadsheets that are zip packages (.xlsx, .xlsm, .ods): measured, then packed again.

The sheet reader reserves memory for the whole box around a sheet's content, so one cell in the last
corner, or one row "repeated" a million times, would take all memory. The package is measured here
first. Packing it again makes sure that the sheet reader sees the same parts that were measured.
"""

from __future__ import annotations

import io
import re
import zipfile

from msgspec import Struct

from forms.spreadsheet.cells import may_lack_values
from forms.spreadsheet.limits import Limits
from forms.spreadsheet.refusals import (
    PROTECTED,
    SAVE_OPEN,
    damaged,
    refused,
    too_many_cells,
    unpacked_too_large,
)
from visitapp.errors import BadFile, Code
from visitapp.language import message

_REPEATED = re.compile(rb"(number-(rows|columns)-repeated\s*=\s*[\"'])\s*(\d+)\s*(?=[\"'])")
_REPEATED_MOST = {b"rows": 1000, b"columns": 256}
_ODS_ROW = b"<table:table-row"
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell")
_ODS_EMPTY = re.compile(rb"<table:(?:covered-)?table-cell\b[^<>]*/>")
_ODS_VALUE = re.compile(rb"\b(?:value-type|value|formula)\s*=")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,9})[\"']")
_EMPTY_CELL = re.compile(rb"<((?:\w+:)?c)\b[^<>]*(?:/>|>\s*</\1\s*>)")
_EMPTY_ROW = re.compile(rb"<((?:\w+:)?row)\b[^<>]*(?:/>|>\s*</\1\s*>)")
_COUNT = re.compile(rb"((?:uniqueC|c)ount\s*=\s*)([\"'])[\d&#xXA-Fa-f;+\s]{6,}\2")
"""A number of things to reserve memory for, far above what the limits allow."""
_NO_CELLS = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_NO_CELLS += b"<sheetData/></worksheet>"


class Package(Struct, frozen=True):
    """A measured package. `too_large`: the .xlsx parts whose sheet was over the limit, emptied."""

    parts: dict[str, bytes]
    too_large: frozenset[str]

    def without_read_cells(self) -> Package:
        """The package without the parts whose cells all have a value: they may be large."""
        kept = {name: text for name, text in self.parts.items() if not _has_only_values(text)}
        return Package(kept, self.too_large)

    def packed(self) -> bytes:
        """The parts as a new zip package."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
            for name, text in self.parts.items():
                package.writestr(name, text)
        return out.getvalue()


def _has_only_values(text: bytes) -> bool:
    cells = b"sheetData" in text or _ODS_ROW in text
    return cells and not may_lack_values(text)


def measured(data: bytes, file: str, limits: Limits) -> Package:
    """The package, holding only the parts that are read.

    Raises BadFile when it is damaged, protected, too large, or not a spreadsheet we read.
    """
    parts = _parts(data, file, limits)
    if "content.xml" in parts:
        _check_open_document(parts, file)
        parts["content.xml"] = _ods_within_limits(parts["content.xml"], file, limits)
        return Package(parts, frozenset())
    if any(name.lower().endswith("workbook.bin") for name in parts):
        raise refused(
            file,
            None,
            message("This is a binary Excel file (.xlsb)."),
            message("Save it as .xlsx and import that."),
            Code.FILE_UNKNOWN,
        )
    if "xl/workbook.xml" not in parts and not any(b"sheetData" in t for t in parts.values()):
        raise refused(
            file,
            None,
            message("There is no spreadsheet in this file."),
            message("If it is a zip, unpack it and import the file inside."),
            Code.FILE_UNKNOWN,
        )
    too_large = set()
    for name, text in parts.items():
        content = _content(text, limits)
        if content is None:
            too_large.add(name)
        parts[name] = _NO_CELLS if content is None else _COUNT.sub(rb"\1\g<2>0\2", content)
    return Package(parts, frozenset(too_large))


def _parts(data: bytes, file: str, limits: Limits) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _unpacked(package, file, limits)
    except BadFile:
        raise
    except Exception as problem:  # a damaged package raises nearly anything
        raise damaged(file) from problem


def _unpacked(package: zipfile.ZipFile, file: str, limits: Limits) -> dict[str, bytes]:
    entries = package.infolist()
    if len(entries) > limits.parts:
        raise refused(file, None, message("The file has too many parts."), code=Code.FILE_TOO_LARGE)
    parts: dict[str, bytes] = {}
    room = limits.unpacked_bytes
    for entry in entries:
        if not _is_read(entry.filename):
            continue
        if entry.flag_bits & 1:
            raise refused(file, None, PROTECTED, SAVE_OPEN)
        with package.open(entry) as stream:
            text = stream.read(room + 1)
        room -= len(text)
        if room < 0:
            raise unpacked_too_large(file, limits)
        parts[entry.filename] = text
    return parts


def _is_read(name: str) -> bool:
    return name == "mimetype" or name.lower().endswith((".xml", ".rels", "workbook.bin"))


def _check_open_document(parts: dict[str, bytes], file: str) -> None:
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise refused(file, None, PROTECTED, SAVE_OPEN)
    if b"spreadsheet" not in parts.get("mimetype", b""):
        raise refused(
            file,
            None,
            message("This is not a spreadsheet."),
            message("Save it as .ods or .xlsx."),
            Code.FILE_UNKNOWN,
        )


def _ods_within_limits(content: bytes, file: str, limits: Limits) -> bytes:
    content = _REPEATED.sub(_repeated_less, content)
    cells = 0
    for row in content.split(_ODS_ROW)[1:]:
        repeats = {b"rows": 1, b"columns": 0}
        filled = _ODS_EMPTY.sub(_only_valued, row)
        for found in _REPEATED.finditer(filled):
            repeats[found[2]] += int(found[3])
        cells += repeats[b"rows"] * (len(_ODS_CELL.findall(filled)) + repeats[b"columns"])
        if cells > 2 * limits.cells:
            raise too_many_cells(file, limits)
    return content


def _only_valued(found: re.Match[bytes]) -> bytes:
    """The cell when it has a value; an empty one is no content."""
    return found[0] if _ODS_VALUE.search(found[0]) else b""


def _repeated_less(found: re.Match[bytes]) -> bytes:
    digits = found[3].lstrip(b"0") or b"0"
    most = _REPEATED_MOST[found[2]]
    return found[1] + (digits if len(digits) < 7 and int(digits) <= most else b"%d" % most)


def _content(text: bytes, limits: Limits) -> bytes | None:
    """A part within the limits; None when its cells spread too far.

    Coloured but empty cells and rows far out are common in real files, so only content counts.
    """
    if b"sheetData" not in text:
        return text
    if text.count(b"</v>") + text.count(b"</is>") > limits.cells:
        return None
    if _box(text) <= limits.cells:
        return text
    content = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", text))
    return content if _box(content) <= limits.cells else None


def _box(text: bytes) -> int:
    """The cells in the box around a sheet's cells; never less than the cells themselves, which
    need not say where they stand."""
    cells = sum(map(text.count, (b"<c ", b"<c>", b":c ", b":c>")))
    rows = columns = 1
    for found in _REFERENCE.finditer(text):
        column = 0
        for letter in found[1].upper():
            column = column * 26 + letter - 64
        columns = max(columns, column)
        rows = max(rows, int(found[2]))
    return max(cells, rows * columns)
