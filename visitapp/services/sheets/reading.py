"""Reading a table from a file that a person made: values alone, of the sheets that are shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from forms.spreadsheet.encodings import told_encoding
from forms.spreadsheet.limits import Limits
from forms.spreadsheet.read import is_spreadsheet, opened
from visitapp.errors import BadFile, Code
from visitapp.given_files import read_given
from visitapp.language import Message, message
from visitapp.rules.text import undefused

_HEADER_WITHIN = 50
_DELIMITERS = (",", ";", "\t")
FORMULA = object()
"""Stands where a cell is a formula: what it works out to is nobody's word."""

Places = Callable[[list[object]], dict[str, int] | None]
"""Where the columns are, by the program's names of them; None when a row holds no titles."""


class SheetRow(Struct, frozen=True):
    """One row: its number in the file, and its cells by the names of the columns. A column that the
    file does not have is missing."""

    number: int
    cells: dict[str, object]


class Table(Struct, frozen=True):
    """The rows below the titles of the columns. `titles`: those that are read, by the names of the
    columns; `unread`: the others; `above`: the cells of the rows above the titles."""

    rows: list[SheetRow]
    titles: dict[str, str]
    unread: list[str]
    order: list[str]
    """Every title, in the order of the columns."""
    above: list[list[object]] = []
    hidden: list[str] = []
    """The sheets of the file that are hidden, which are not read."""
    macros: bool = False
    """Whether the file has macros, which are not read."""


class Expected(Struct, frozen=True, kw_only=True):
    """What a file should hold. `too_large` and `unknown` are said of one that does not."""

    limits: Limits
    places: Places
    too_large: Message
    unknown: tuple[Message, Message]


def read_table(path: Path, expected: Expected) -> Table:
    """The first table of the file that has the columns expected.

    Raises BadFile when the file is missing, damaged, too large or something else.
    """
    return table_in(content_of(path, expected), path, expected)


def table_in(data: bytes, path: Path, expected: Expected) -> Table:
    """The same of the content of the file."""
    if is_spreadsheet(data):
        return _of_spreadsheet(data, path, expected)
    for delimiter in _DELIMITERS:
        found = _below_titles(enumerate(_of_text(data, path, delimiter), 1), expected.places)
        if found is not None:
            return found
    raise _unknown(path, expected)


def _of_spreadsheet(data: bytes, path: Path, expected: Expected) -> Table:
    with opened(data, str(path), expected.limits) as book:
        for name in book.shown_names:
            formulas = book.formulas(name)
            rows = enumerate(book.rows(name, str(path)), 1)
            marked = (
                (n, [FORMULA if (n, c) in formulas else cell for c, cell in enumerate(row, 1)])
                for n, row in rows
            )
            found = _below_titles(marked, expected.places)
            if found is not None:
                hidden = [one for one in book.names if one not in book.shown_names]
                return replace(found, hidden=hidden, macros=book.has_macros)
    raise _unknown(path, expected)


def _of_text(data: bytes, path: Path, delimiter: str) -> Iterator[list[object]]:
    try:
        text = data.decode(told_encoding(data) or "utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [undefused(cell) for cell in row]
    except csv.Error as error:
        raise _bad(
            path, Code.FILE_UNREADABLE, message("The file is damaged or incomplete.")
        ) from error


def _below_titles(rows: Iterable[tuple[int, list[object]]], places: Places) -> Table | None:
    rows = iter(rows)
    above: list[list[object]] = []
    for _, titles in islice(rows, _HEADER_WITHIN):
        found = places(titles)
        if found is not None:
            return Table(
                rows=[
                    SheetRow(number, {n: row[at] for n, at in found.items() if at < len(row)})
                    for number, row in rows
                    if any(cell not in ("", None) for cell in row)
                ],
                titles={name: _title(titles[at]) for name, at in found.items()},
                unread=[
                    title
                    for at, title in enumerate(map(_title, titles))
                    if title and at not in found.values()
                ],
                order=[title for title in map(_title, titles) if title],
                above=above,
            )
        above.append(titles)
    return None


def by_title(cells: list[object]) -> dict[str, int]:
    """The place of each title, in small letters; of a title that stands there twice, the first."""
    return {_title(cell).casefold(): at for at, cell in reversed(list(enumerate(cells)))}


def _title(cell: object) -> str:
    return "" if cell is FORMULA or cell is None else " ".join(str(cell).split())


def content_of(path: Path, expected: Expected) -> bytes:
    """The bytes of the file. Raises BadFile when it is missing, empty or too large."""
    try:
        data = read_given(path, expected.limits.file_bytes)
    except FileNotFoundError:
        raise _bad(path, Code.FILE_MISSING, message("There is no such file.")) from None
    except OSError as error:
        raise _bad(path, Code.FILE_UNREADABLE, message("This file cannot be read.")) from error
    if len(data) > expected.limits.file_bytes:
        raise _bad(path, Code.FILE_TOO_LARGE, expected.too_large)
    if not data.strip():
        raise _bad(path, Code.FILE_EMPTY, message("The file is empty."))
    return data


def _bad(path: Path, code: Code, what: Message) -> BadFile:
    return BadFile(code, what, file=str(path))


def _unknown(path: Path, expected: Expected) -> BadFile:
    return BadFile(Code.FILE_UNKNOWN, *expected.unknown, file=str(path))
