"""Tables in text or spreadsheets: where the header stands, and the rows under it, as text cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from visitapp.storage.directory.content import cut_short, reading, sample_of

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

    `padded`: rows always have all their cells, so that a short one is no sign of a cut file.
    """

    path: Path
    columns: tuple[str, ...]
    rows: Iterator[Row]
    padded: bool


Recognise = Callable[[Collection[str]], bool]
"""Whether normalised column names are those of a table that is wanted."""


def column_name(text: str) -> str:
    """A column's name in one spelling: `Service / Population Group` is service_population_group."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text.strip())
    return re.sub(r"[^a-z0-9]+", "_", spaced.casefold()).strip("_")


@contextmanager
def text_table(path: Path, recognise: Recognise) -> Iterator[Table | None]:
    """The table of a text file; None when no header in it is recognised.

    Raises BadFile when the file is damaged.
    """
    sample = sample_of(path)
    start = sample.decode(_encoding_mark(sample) or "cp1252", errors="replace")
    found = next((d for d in _DELIMITERS if _header(_cells(start, d), recognise)), None)
    if found is None:
        yield None
        return
    with reading(path) as stream:
        encoding = _encoding_mark(sample) or _utf8_or_windows(stream)
    with reading(path) as stream:
        text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
        yield _table(path, _numbered(path, text, found), recognise, padded=False)


def sheet_table(path: Path, recognise: Recognise) -> Table | None:
    """The first recognised table among the sheets of an ODS or XLSX file; None without one.

    Raises BadFile when the file is damaged.
    """
    from python_calamine import CalamineError, load_workbook

    try:
        workbook = load_workbook(path)
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            rows = (Row(n, [_text(cell) for cell in row]) for n, row in enumerate(sheet, 1))
            top = list(islice(rows, _HEADER_WITHIN))
            if _header((row.cells for row in top), recognise):
                return _table(path, chain(top, rows), recognise, padded=True)
    except CalamineError as error:
        raise cut_short(path) from error
    return None


def _table(path: Path, rows: Iterator[Row], recognise: Recognise, *, padded: bool) -> Table:
    for row in rows:
        names = tuple(column_name(cell) for cell in row.cells)
        if recognise(names):
            return Table(path, names, rows, padded)
    raise cut_short(path)


def _header(rows: Iterator[Sequence[str]], recognise: Recognise) -> bool:
    return any(recognise([column_name(cell) for cell in cells]) for cells in rows)


def _cells(sample: str, delimiter: str) -> Iterator[Sequence[str]]:
    try:
        yield from islice(csv.reader(io.StringIO(sample), delimiter=delimiter), _HEADER_WITHIN)
    except csv.Error:
        return


def _numbered(path: Path, text: io.TextIOWrapper, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(text, delimiter=delimiter)
    try:
        for cells in reader:
            yield Row(reader.line_num, cells)
    except csv.Error as error:
        raise cut_short(path, reader.line_num) from error


def _encoding_mark(sample: bytes) -> str | None:
    """The encoding that a byte order mark tells."""
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


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
