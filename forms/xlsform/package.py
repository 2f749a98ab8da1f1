"""Spreadsheets that are zip packages (.xlsx, .xlsm, .ods): measured, then packed afresh.

The sheet reader makes room for the whole box around a sheet's content, so one cell in the last
corner, or one row "repeated" a million times, would take all memory. What such a package claims is
measured here first. Packing afresh leaves no room for two readers to see two different packages.
"""

from __future__ import annotations

import io
import re
import zipfile

from forms.xlsform import limits
from forms.xlsform.findings import refused
from visitapp.errors import BadFile, Code

_REPEATED = re.compile(rb"(number-(rows|columns)-repeated\s*=\s*[\"'])\s*(\d+)\s*(?=[\"'])")
_REPEATED_MOST = {b"rows": 1000, b"columns": 256}
_ODS_ROW = b"<table:table-row"
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,9})[\"']")
_EMPTY = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^<>]*/>")
_COUNT = re.compile(rb"((?:uniqueC|c)ount\s*=\s*)([\"'])[\d&#xXA-Fa-f;+\s]{6,}\2")
"""A number of things to make room for, far above what the limits let through."""
_PROTECTED = "The file is protected by a password."
_SAVE_OPEN = "Open it, take the password off, save it and import it again."


def repacked(data: bytes, file: str) -> bytes:
    """The same spreadsheet, holding only the parts that are read.

    Raises BadFile when it is damaged, protected, too large, or not a spreadsheet we read.
    """
    parts = _parts(data, file)
    if "content.xml" in parts:
        _check_open_document(parts, file)
        parts["content.xml"] = _ods_within_limits(parts["content.xml"], file)
    elif any(name.lower().endswith("workbook.bin") for name in parts):
        raise refused(
            file,
            None,
            "This is a binary Excel file (.xlsb).",
            "Save it as .xlsx and import that.",
            Code.FILE_UNKNOWN,
        )
    elif any(b"sheetData" in text for text in parts.values()):
        parts = {
            name: _COUNT.sub(rb"\1\g<2>0\2", _sheet_within_limits(text, file))
            for name, text in parts.items()
        }
    else:
        raise refused(file, None, "There is no spreadsheet in this file.", code=Code.FILE_UNKNOWN)
    return _packed(parts)


def _parts(data: bytes, file: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _unpacked(package, file)
    except BadFile:
        raise
    except Exception as problem:  # a damaged package raises nearly anything
        raise refused(
            file, None, "The file is damaged: it cannot be unpacked.", "Save it again."
        ) from problem


def _unpacked(package: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    entries = package.infolist()
    if len(entries) > limits.PACKAGE_PARTS:
        raise refused(file, None, "The file has too many parts.", code=Code.FILE_TOO_LARGE)
    parts: dict[str, bytes] = {}
    room = limits.UNPACKED_BYTES
    for entry in entries:
        if not _is_read(entry.filename):
            continue
        if entry.flag_bits & 1:
            raise refused(file, None, _PROTECTED, _SAVE_OPEN)
        with package.open(entry) as stream:
            text = stream.read(room + 1)
        room -= len(text)
        if room < 0:
            raise refused(
                file, None, "Unpacked, the file is far too large.", code=Code.FILE_TOO_LARGE
            )
        parts[entry.filename] = text
    return parts


def _is_read(name: str) -> bool:
    return name == "mimetype" or name.lower().endswith((".xml", ".rels", "workbook.bin"))


def _check_open_document(parts: dict[str, bytes], file: str) -> None:
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise refused(file, None, _PROTECTED, _SAVE_OPEN)
    if b"spreadsheet" not in parts.get("mimetype", b""):
        raise refused(
            file, None, "This is not a spreadsheet.", "Save it as .ods or .xlsx.", Code.FILE_UNKNOWN
        )


def _ods_within_limits(content: bytes, file: str) -> bytes:
    content = _REPEATED.sub(_repeated_less, content)
    cells = 0
    for row in content.split(_ODS_ROW)[1:]:
        repeats = {b"rows": 1, b"columns": 0}
        for found in _REPEATED.finditer(row):
            repeats[found[2]] += int(found[3])
        cells += repeats[b"rows"] * (len(_ODS_CELL.findall(row)) + repeats[b"columns"])
        if cells > 2 * limits.CELLS:
            raise _too_many_cells(file)
    return content


def _repeated_less(found: re.Match[bytes]) -> bytes:
    digits = found[3].lstrip(b"0") or b"0"
    most = _REPEATED_MOST[found[2]]
    return found[1] + (digits if len(digits) < 7 and int(digits) <= most else b"%d" % most)


def _sheet_within_limits(text: bytes, file: str) -> bytes:
    if b"sheetData" not in text or _box(text) <= limits.CELLS:
        return text
    # Coloured but empty cells far out are common in real files; only content counts.
    content = _EMPTY.sub(b"", text)
    if _box(content) > limits.CELLS:
        raise _too_many_cells(file)
    return content


def _box(text: bytes) -> int:
    rows = columns = 1
    for found in _REFERENCE.finditer(text):
        column = 0
        for letter in found[1].upper():
            column = column * 26 + letter - 64
        columns = max(columns, column)
        rows = max(rows, int(found[2]))
    return rows * columns


def _too_many_cells(file: str) -> BadFile:
    return refused(
        file,
        None,
        "A sheet is far too large for a form.",
        "Delete the rows and columns beyond the questions and choices.",
        Code.FILE_TOO_LARGE,
    )


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return packed.getvalue()
