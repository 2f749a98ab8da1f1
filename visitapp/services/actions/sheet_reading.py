"""Reading a list of actions from a file: values alone, of the sheets that are shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from msgspec import Struct

from forms.spreadsheet.encodings import told_encoding
from forms.spreadsheet.limits import Limits
from forms.spreadsheet.read import Cell, is_spreadsheet, opened
from visitapp.errors import BadFile, Code
from visitapp.given_files import read_given
from visitapp.language import Message, message
from visitapp.rules.text import undefused
from visitapp.services.actions.sheet_columns import ACTION_ID, COLUMNS, DUE, OWNER

LIMITS = Limits(
    holds=message("a list of actions"),
    file_bytes=20_000_000,
    unpacked_bytes=200_000_000,
    parts=2_000,
    cells=2_000_000,
)
_HEADER_WITHIN = 50
_DELIMITERS = (",", ";", "\t")
FORMULA = object()
"""Stands where a cell is a formula: what it works out to is nobody's word."""


class SheetRow(Struct, frozen=True):
    """One row: its number in the file, and its cells by the names of `COLUMNS`. A column that the
    file does not have is missing."""

    number: int
    cells: dict[str, object]


def read_rows(path: Path) -> list[SheetRow]:
    """The rows below the titles of the columns.

    Raises BadFile when the file is missing, damaged or too large, or is no list of actions.
    """
    data = _content(path)
    if is_spreadsheet(data):
        return list(_of_spreadsheet(data, path))
    for delimiter in _DELIMITERS:
        found = _below_titles(enumerate(_of_text(data, path, delimiter), 1))
        if found is not None:
            return list(found)
    raise _no_list(path)


def _of_spreadsheet(data: bytes, path: Path) -> Iterator[SheetRow]:
    with opened(data, str(path), LIMITS) as book:
        for name in book.shown_names:
            formulas = book.formulas(name)
            rows = enumerate(book.rows(name, str(path)), 1)
            marked = (
                (n, [FORMULA if (n, c) in formulas else cell for c, cell in enumerate(row, 1)])
                for n, row in rows
            )
            found = _below_titles(marked)
            if found is not None:
                yield from found
                return
    raise _no_list(path)


def _of_text(data: bytes, path: Path, delimiter: str) -> Iterator[list[object]]:
    try:
        text = data.decode(told_encoding(data) or "utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [undefused(cell) for cell in row]
    except csv.Error as error:
        raise BadFile(
            Code.FILE_UNREADABLE, message("The file is damaged or incomplete."), file=str(path)
        ) from error


def _below_titles(rows: Iterable[tuple[int, list[object]]]) -> Iterator[SheetRow] | None:
    rows = iter(rows)
    for _, cells in islice(rows, _HEADER_WITHIN):
        places = _places(cells)
        if "id" in places and {"due", "owner"} & places.keys():
            return (
                SheetRow(number, {n: row[at] for n, at in places.items() if at < len(row)})
                for number, row in rows
                if any(cell not in ("", None) for cell in row)
            )
    return None


def _places(cells: list[object]) -> dict[str, int]:
    """The places of the columns by their titles, in the program's language or in English."""
    named = {str(cell).strip().casefold(): at for at, cell in reversed(list(enumerate(cells)))}
    found = {}
    for name, title in COLUMNS.items():
        for spelling in (str(title), title.template):
            if spelling.casefold() in named:
                found[name] = named[spelling.casefold()]
                break
    return found


def day_of(cell: object) -> date | None:
    """The day in a cell; None when it is blank. Raises ValueError when it is no day."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = "" if cell is None else str(cell).strip()
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%d %B %Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError(text)


def text_of(cell: Cell | object) -> str:
    """The text in a cell."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _content(path: Path) -> bytes:
    try:
        data = read_given(path, LIMITS.file_bytes)
    except FileNotFoundError:
        raise _bad(path, Code.FILE_MISSING, message("There is no such file.")) from None
    except OSError as error:
        raise _bad(path, Code.FILE_UNREADABLE, message("This file cannot be read.")) from error
    if len(data) > LIMITS.file_bytes:
        what = message("The file is too large to be a list of actions.")
        raise _bad(path, Code.FILE_TOO_LARGE, what)
    if not data.strip():
        raise _bad(path, Code.FILE_EMPTY, message("The file is empty."))
    return data


def _bad(path: Path, code: Code, what: Message) -> BadFile:
    return BadFile(code, what, file=str(path))


def _no_list(path: Path) -> BadFile:
    return BadFile(
        Code.FILE_UNKNOWN,
        message(
            "This is not a list of actions: no row has the column titles “{id}” and “{due}” or "
            "“{owner}”.",
            id=ACTION_ID,
            due=DUE,
            owner=OWNER,
        ),
        message("Export the actions, change the due dates and owners there, and import that file."),
        file=str(path),
    )
