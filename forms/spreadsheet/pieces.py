"""Large spreadsheets (.xlsx, .ods), read some rows at a time.

The sheet reader holds a whole sheet. Here a sheet's XML is cut between rows, and each piece becomes
a small spreadsheet of its own, so that memory does not grow with the rows. What the reader makes of
a cell, and what the guard before it refuses, is the same as for a small file.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from msgspec import Struct

from forms.spreadsheet.cells import Unvalued, sheet_parts
from forms.spreadsheet.limits import Limits
from forms.spreadsheet.read import Cell, opened
from forms.spreadsheet.refusals import damaged, unpacked_too_large

LARGE = 8 << 20
"""Bytes of XML from which a file is read in pieces."""
PIECE = 4 << 20
_LONGEST_ROW = 16 << 20
_AT_ONCE = 1 << 20
_NO_CELLS = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
_SHEET = re.compile(rb"(<((?:\w+:)?)worksheet\b[^>]*>).*?<\2sheetData\b[^>]*>", re.DOTALL)
_ODS_ROOT = re.compile(rb"<office:document-content\b[^>]*>")
_ODS_TABLE = re.compile(rb"<table:table\s[^>]*\btable:name\s*=\s*(?:\"([^\"]*)\"|'([^']*)')[^>]*>")
_ODS_GROUP = re.compile(rb"</?table:table-(?:row-group|header-rows|rows)\b[^>]*>")
_ODS_ROW = re.compile(rb"<table:table-row\b[^>]*>")
_ODS_REPEATED = re.compile(rb"number-rows-repeated\s*=\s*[\"'](\d{1,7})")


class Piece(Struct, frozen=True):
    """Rows of a sheet with their numbers from 1, and the cells among them without a value."""

    rows: Iterator[tuple[int, list[Cell]]]
    unvalued: list[Unvalued]


class LargeSpreadsheet:
    """A spreadsheet of which only some rows are held. `names` are those of its sheets, in order."""

    def __init__(self, package: zipfile.ZipFile, file: str, limits: Limits) -> None:
        self._package, self._file, self._limits = package, file, limits
        read = {one.filename: one for one in package.infolist() if not one.is_dir()}
        self._ods = "content.xml" in read
        self._sheets = {} if self._ods else self._xlsx_sheets(read)
        large = {"content.xml", *self._sheets.values()}
        self._others = {
            name: b"".join(self._chunks(name))
            for name in read
            if name not in large and name.lower().endswith(("mimetype", ".xml", ".rels"))
        }
        self.names = list(self._ods_names()) if self._ods else list(self._sheets)

    def pieces(self, name: str) -> Iterator[Piece]:
        """The rows of a sheet from the first. Raises BadFile as `opened` does."""
        done = 0
        for xml, counted in self._ods_pieces(name) if self._ods else self._xlsx_pieces(name):
            part = "content.xml" if self._ods else self._sheets[name]
            with opened(self._packed(part, xml), self._file, self._limits) as book:
                # Rows of .xlsx mostly say their own number; those of ODS never do.
                given = [
                    (number, cells)
                    for number, cells in enumerate(book.rows(name, self._file), 1)
                    if any(cell != "" for cell in cells)
                ]
                lost = book.unvalued(name)
            first = min([*(number for number, _ in given), *(one.row for one in lost)], default=1)
            before = done if self._ods or first <= done else 0
            rows = {number + before: cells for number, cells in given}
            unvalued = [Unvalued(one.row + before, one.column, one.why) for one in lost]
            rows |= {one.row: [] for one in unvalued if one.row not in rows}
            yield Piece(iter(sorted(rows.items())), unvalued)
            done = done + counted if self._ods else max([done, *rows])

    def _packed(self, part: str, xml: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
            for name, text in self._others.items():
                package.writestr(name, text)
            for name in {*self._sheets.values()} - {part}:
                package.writestr(name, _NO_CELLS)
            package.writestr(part, xml)
        return out.getvalue()

    def _xlsx_sheets(self, read: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
        links = (
            name for name in read if name.lower().endswith(("workbook.xml", "workbook.xml.rels"))
        )
        sheets = sheet_parts({name: b"".join(self._chunks(name)) for name in links})
        if not sheets or not all(part in read for part in sheets.values()):
            raise ValueError("the sheets of this package are not where they should be")
        return sheets

    def _xlsx_pieces(self, name: str) -> Iterator[tuple[bytes, int]]:
        chunks = self._chunks(self._sheets[name])
        head, found = _until(_SHEET, chunks)
        if found is None:
            return
        root, prefix = found[1], found[2]
        end = b"</" + prefix + b"row>"
        tail = b"</" + prefix + b"sheetData></" + prefix + b"worksheet>"
        for rows in self._cut(chunks, head[found.end() :], end, b"</" + prefix + b"sheetData"):
            yield root + b"<" + prefix + b"sheetData>" + rows + tail, 0

    def _ods_names(self) -> Iterator[str]:
        kept = b""
        for chunk in self._chunks("content.xml"):
            text = kept + chunk
            yield from map(_ods_name, _ODS_TABLE.finditer(text))
            kept = _cut_tag(text)

    def _ods_pieces(self, name: str) -> Iterator[tuple[bytes, int]]:
        chunks = self._chunks("content.xml")
        text, root = _until(_ODS_ROOT, chunks)
        table = _table_called(name, text)
        while table is None and (chunk := next(chunks, b"")):
            text = _cut_tag(text) + chunk
            table = _table_called(name, text)
        if root is None or table is None:
            return
        head = root[0] + b"<office:body><office:spreadsheet>" + table[0]
        tail = b"</table:table></office:spreadsheet></office:body></office:document-content>"
        rest = text[table.end() :]
        for rows in self._cut(chunks, rest, b"</table:table-row>", b"</table:table>"):
            plain = _ODS_GROUP.sub(b"", rows)
            yield head + plain + tail, sum(map(_repeats, _ODS_ROW.findall(plain)))

    def _chunks(self, part: str) -> Iterator[bytes]:
        """A part, unpacked some at a time. Raises BadFile when it is damaged or too large."""
        left = self._limits.unpacked_bytes
        try:
            with self._package.open(part) as stream:
                while chunk := stream.read(_AT_ONCE):
                    left -= len(chunk)
                    if left < 0:
                        raise unpacked_too_large(self._file, self._limits)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError) as problem:
            raise damaged(self._file) from problem

    def _cut(self, chunks: Iterator[bytes], rest: bytes, row: bytes, end: bytes) -> Iterator[bytes]:
        """Whole rows up to the end of the sheet; a file without an end gives what it has, which the
        sheet reader refuses."""
        while (over := rest.find(end)) < 0 and (chunk := next(chunks, b"")):
            if len(rest) > _LONGEST_ROW:
                raise unpacked_too_large(self._file, self._limits)
            rest += chunk
            cut = rest.rfind(row) + len(row)
            if len(rest) >= PIECE and cut > len(row) and rest.find(end) < 0:
                yield rest[:cut]
                rest = rest[cut:]
        yield rest[:over] if over >= 0 else rest


def _until(
    wanted: re.Pattern[bytes], chunks: Iterator[bytes]
) -> tuple[bytes, re.Match[bytes] | None]:
    """The text up to what is wanted, which stands near the beginning, and where it is."""
    text, found = b"", None
    while found is None and len(text) < _LONGEST_ROW and (chunk := next(chunks, b"")):
        text += chunk
        found = wanted.search(text)
    return text, found


def _cut_tag(text: bytes) -> bytes:
    """The tag at the end of a text that goes on in the next one; empty where none is cut."""
    last = text.rfind(b"<")
    return text[last:] if text.rfind(b">") < last else b""


def _table_called(name: str, text: bytes) -> re.Match[bytes] | None:
    return next((one for one in _ODS_TABLE.finditer(text) if _ods_name(one) == name), None)


def _ods_name(table: re.Match[bytes]) -> str:
    return html.unescape((table[1] or table[2] or b"").decode("utf-8", errors="replace"))


def _repeats(row: bytes) -> int:
    found = _ODS_REPEATED.search(row)
    return int(found[1]) if found else 1
