"""Tables in text or spreadsheets: where the header stands, and the rows under it, as text cells."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from forms.spreadsheet.cells import REMEDY, Unvalued
from forms.spreadsheet.encodings import told_encoding
from forms.spreadsheet.limits import Limits
from visitapp.errors import BadFile, Code
from visitapp.given_files import open_given, read_given
from visitapp.language import message, translate
from visitapp.storage.directory.content import cut_short, reading, sample_of, too_large

if TYPE_CHECKING:
    from forms.spreadsheet.pieces import LargeSpreadsheet
    from forms.spreadsheet.read import Cell

_HEADER_WITHIN = 50
"""Rows among which the header is looked for: titles and notes stand above it."""
_DELIMITERS = (",", ";", "\t", "|")


class Row(NamedTuple):
    """One row: its line in the text or its row in the sheet (from 1), and its cells."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header was found. `columns` are normalised names, `rows` those under it.

    padded: rows always have all their cells, so a short one is no sign of a cut file. unvalued: for
    a row, its cells without a value that can be read: the column from 0, and a sentence.
    """

    path: Path
    columns: tuple[str, ...]
    rows: Iterator[Row]
    padded: bool
    unvalued: Mapping[int, list[tuple[int, str]]] = field(default_factory=dict)


Content = tuple[Iterator[Row], Mapping[int, list[tuple[int, str]]]]
"""The rows of a sheet, and for a row its cells without a value that can be read."""
Recognise = Callable[[Collection[str]], bool]
"""Whether normalised column names are those of a table that is wanted."""


class NotRecognised(Exception):
    """No header of a wanted table was found. `headers`: the rows among which it was looked for."""

    def __init__(self, headers: list[tuple[str, ...]]) -> None:
        super().__init__("no header was recognised")
        self.headers = headers


def column_name(text: str) -> str:
    """A column's name in one spelling: `Service / Population Group` is service_population_group.

    A note in brackets at the end goes: `Publication date (DD/MM/YYYY)` is publication_date.
    """
    bare = re.sub(r"\([^()]*\)\s*$", "", text.strip()).strip() or text
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", bare)
    return re.sub(r"[^a-z0-9]+", "_", spaced.casefold()).strip("_")


@contextmanager
def text_table(path: Path, recognise: Recognise) -> Iterator[Table]:
    """The table of a text file. Raises NotRecognised, and BadFile when the file is damaged."""
    sample = sample_of(path)
    start = sample.decode(told_encoding(sample) or "cp1252", errors="replace")
    headers: list[tuple[str, ...]] = []
    found = None
    for delimiter in _DELIMITERS:
        rows = [_names(cells) for cells in _cells(start, delimiter)]
        headers += rows
        if any(map(recognise, rows)):
            found = delimiter
            break
    if found is None:
        raise NotRecognised(headers)
    with reading(path) as stream:
        encoding = told_encoding(sample) or _utf8_or_windows(stream)
    with reading(path) as stream:
        text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
        yield _table(path, _numbered(path, text, found), recognise, padded=False)


LIMITS = Limits(
    holds=message("a directory"),
    file_bytes=100_000_000,
    unpacked_bytes=320_000_000,
    parts=5_000,
    cells=10_000_000,
)
"""The limits of a spreadsheet, somewhat above the largest edition that regulators publish."""


@contextmanager
def sheet_table(path: Path, recognise: Recognise) -> Iterator[Table]:
    """The recognised table among the sheets of an ODS, XLSX or XLS file, of which a large one is
    read some rows at a time.

    Raises NotRecognised, and BadFile when the file is damaged or too large, or holds two.
    """
    from forms.spreadsheet.read import opened  # late: the sheet reader takes long to import

    with ExitStack() as stack:
        large = _large(path, stack)
        if large is not None:
            yield _recognised(path, large.names, lambda name: _of_pieces(large, name), recognise)
            return
        data = read_given(path, LIMITS.file_bytes)
        if len(data) > LIMITS.file_bytes:
            raise too_large(path)
        book = stack.enter_context(opened(data, str(path), LIMITS))

        def whole(name: str) -> Content:
            rows = enumerate(book.rows(name, str(path)), 1)
            return (_row(*one) for one in rows), _lost(book.unvalued(name))

        yield _recognised(path, book.names, whole, recognise)


def _large(path: Path, stack: ExitStack) -> LargeSpreadsheet | None:
    """The file, open, when it is large; None when it is read as a whole, to be refused perhaps."""
    from forms.spreadsheet.pieces import LARGE, LargeSpreadsheet

    file = stack.enter_context(open_given(path))
    try:
        package = stack.enter_context(zipfile.ZipFile(file))
        sizes = sum(part.file_size for part in package.infolist())
        fits = os.fstat(file.fileno()).st_size <= LIMITS.file_bytes
        if sizes < LARGE or not fits or len(package.infolist()) > LIMITS.parts:
            return None
        return LargeSpreadsheet(package, str(path), LIMITS)
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError):
        return None


def _recognised(
    path: Path, names: Sequence[str], read: Callable[[str], Content], recognise: Recognise
) -> Table:
    """The one sheet among these that holds a table, with rows still to be read."""
    headers: list[tuple[str, ...]] = []
    too_many_cells: BadFile | None = None
    found: Table | None = None
    first = ""
    for name in names:
        try:
            rows, lost = read(name)
            top = list(islice(rows, _HEADER_WITHIN))
        except BadFile as refused:
            if refused.code is not Code.FILE_TOO_LARGE:
                raise
            too_many_cells = refused  # another sheet may hold the table
            continue
        heads = [_names(row.cells) for row in top]
        headers += heads
        if not any(map(recognise, heads)):
            continue
        if found is not None:
            raise _two_tables(path, first, name)
        first = name
        found = _table(path, chain(top, rows), recognise, padded=True, unvalued=lost)
    if found is None:
        raise too_many_cells or NotRecognised(headers)
    return found


def _of_pieces(book: LargeSpreadsheet, name: str) -> Content:
    """The rows of a sheet; what cells lack is known of those that were read."""
    lost: dict[int, list[tuple[int, str]]] = {}

    def rows() -> Iterator[Row]:
        for piece in book.pieces(name):
            lost.update(_lost(piece.unvalued))
            for one in piece.rows:
                yield _row(*one)

    return rows(), lost


def _two_tables(path: Path, first: str, second: str) -> BadFile:
    return BadFile(
        Code.FILE_UNKNOWN,
        message(
            "Two sheets of the file hold a directory: {first} and {second}. Nothing was imported.",
            first=first,
            second=second,
        ),
        message("Save each sheet as a file of its own, and import them one by one."),
        file=str(path),
    )


def _row(number: int, cells: Sequence[Cell]) -> Row:
    return Row(number, [_text(cell) for cell in cells])


def _lost(cells: list[Unvalued]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    for cell in cells:
        what = translate(
            "The cell {place} {why}. {remedy}", place=cell.place, why=cell.why, remedy=REMEDY
        )
        found.setdefault(cell.row, []).append((cell.column - 1, what))
    return found


def _table(
    path: Path,
    rows: Iterator[Row],
    recognise: Recognise,
    *,
    padded: bool,
    unvalued: Mapping[int, list[tuple[int, str]]] | None = None,
) -> Table:
    for row in rows:
        names = _names(row.cells)
        if recognise(names):
            return Table(path, names, rows, padded, {} if unvalued is None else unvalued)
    raise cut_short(path)


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(column_name, cells))


def _cells(sample: str, delimiter: str) -> Iterator[Sequence[str]]:
    # The line ends are left to the reader: LF, CRLF, or CR alone, as Excel for Mac writes.
    lines = io.StringIO(sample, newline="")
    try:
        yield from islice(csv.reader(lines, delimiter=delimiter), _HEADER_WITHIN)
    except csv.Error:
        return


def _numbered(path: Path, text: io.TextIOWrapper, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(text, delimiter=delimiter)
    try:
        for cells in reader:
            yield Row(reader.line_num, cells)
    except csv.Error as error:
        raise cut_short(path, reader.line_num) from error


def _utf8_or_windows(stream: io.BufferedIOBase) -> str:
    """UTF-8 when every byte of the file is; else the encoding of older Windows programs."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(1 << 20):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _text(cell: object) -> str:
    """A spreadsheet's cell as its file would show it in text; dates as ISO."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
