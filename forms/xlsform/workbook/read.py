"""Reads an XLSForm in any of its containers into rows of text. The content decides which it is."""

from __future__ import annotations

import datetime
from itertools import islice
from pathlib import Path

from msgspec import Struct

from forms.spreadsheet.cells import Unvalued
from forms.spreadsheet.read import Cell, Spreadsheet, is_spreadsheet, opened
from forms.spreadsheet.refusals import refused
from forms.xlsform import limits
from forms.xlsform.workbook.delimited import (
    TextRow,
    csv_rows,
    decoded,
    looks_like_markdown,
    markdown_rows,
)
from visitapp.errors import Code
from visitapp.given_files import read_given
from visitapp.language import message

READ = ("survey", "choices", "settings")
"""The sheets of an XLSForm that are taken."""


class Sheet(Struct, frozen=True):
    """A sheet: its name as written, its rows that hold something with their numbers from 1, and
    its cells whose value is not in the file."""

    title: str
    rows: list[TextRow]
    unvalued: list[Unvalued] = []


class Workbook(Struct, frozen=True):
    """The sheets that are taken, by lower-case name, and the names of those that are not."""

    sheets: dict[str, Sheet]
    other: list[str]


def read_workbook(path: Path) -> Workbook:
    """Reads the survey, choices and settings sheets of an .xlsx, .xls, .ods, .csv or .md file.

    Raises BadFile when there is no such file, it is empty, too large, damaged, protected by a
    password, or has no survey sheet.
    """
    file = path.name
    data = _bytes(path)
    if is_spreadsheet(data):
        with opened(data, file, limits.SPREADSHEET) as spreadsheet:
            book = _loaded(spreadsheet, file)
    else:
        text = decoded(data, file)
        rows = markdown_rows(text) if looks_like_markdown(text) else csv_rows(text, file)
        book = _from_one_table(rows, file)
    if "survey" not in book.sheets:
        raise refused(
            file,
            1,
            message("There is no sheet named survey."),
            message("An XLSForm lists its questions on a sheet named survey."),
            Code.FILE_UNKNOWN,
        )
    return book


def _bytes(path: Path) -> bytes:
    try:
        data = read_given(path, limits.SPREADSHEET.file_bytes)
    except FileNotFoundError as problem:
        raise refused(
            path.name, None, message("There is no such file."), code=Code.FILE_MISSING
        ) from problem
    except OSError as problem:
        what = message("The file cannot be opened: {reason}.", reason=problem.strerror or problem)
        raise refused(
            path.name, None, what, message("Close it elsewhere and try again.")
        ) from problem
    if len(data) > limits.SPREADSHEET.file_bytes:
        raise refused(
            path.name,
            None,
            message("The file is far too large for a form."),
            code=Code.FILE_TOO_LARGE,
        )
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise refused(path.name, None, message("The file is empty."), code=Code.FILE_EMPTY)
    return data


def _loaded(spreadsheet: Spreadsheet, file: str) -> Workbook:
    sheets: dict[str, Sheet] = {}
    other: list[str] = []
    for name in spreadsheet.names:
        known = _known(name)
        if known in sheets or known not in READ:
            other.append(name)
        else:
            sheets[known] = _sheet(spreadsheet, name, file)
    first = spreadsheet.names[0] if spreadsheet.names else ""
    if "survey" not in sheets and first and _known(first) not in sheets:
        # A first sheet that starts with `type` and `name` is the survey, whatever it is called.
        unnamed = _sheet(spreadsheet, first, file)
        if unnamed.rows and is_survey_header(unnamed.rows[0].cells):
            sheets["survey"] = unnamed
    read = {sheet.title for sheet in sheets.values()}
    return Workbook(sheets, [name for name in other if name not in read])


def _sheet(spreadsheet: Spreadsheet, name: str, file: str) -> Sheet:
    rows = list(islice(spreadsheet.rows(name, file), limits.ROWS + 1))
    return Sheet(name, _text_rows(rows, name, file), spreadsheet.unvalued(name))


def _known(name: str) -> str:
    return name.replace("\xa0", " ").strip().lower().replace(" ", "_")


def is_survey_header(cells: list[str]) -> bool:
    """Whether these are column names of a survey sheet."""
    names = {cell.strip().lower() for cell in cells}
    return "type" in names and "name" in names


def _text_rows(rows: list[list[Cell]], name: str, file: str) -> list[TextRow]:
    if len(rows) > limits.ROWS:
        raise refused(
            file,
            limits.ROWS + 1,
            message("The sheet {name} has too many rows for a form.", name=name),
            code=Code.FILE_TOO_LARGE,
        )
    texts = (
        TextRow(number, [_text(cell) for cell in cells[: limits.COLUMNS]])
        for number, cells in enumerate(rows, 1)
    )
    return [row for row in texts if any(row.cells)]


def _text(cell: object) -> str:
    """A cell as a person reads it: whole numbers without a point, true and false in words."""
    if isinstance(cell, str):
        return cleaned(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def cleaned(text: str) -> str:
    """No edges, no hidden or control characters, plain spaces and line ends."""
    text = text[: limits.CELL_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    for odd in ("\xa0", "\u2007", "\u202f", "\u3000"):
        text = text.replace(odd, " ")
    kept = (c for c in text if c in "\n\t" or (c.isprintable() and c not in "\ufeff\u200b"))
    return "".join(kept).strip()


def _from_one_table(rows: list[TextRow], file: str) -> Workbook:
    """One table whose first column names the sheet, or a bare survey table."""
    cleaned_rows = [TextRow(row.number, [cleaned(cell) for cell in row.cells]) for row in rows]
    cleaned_rows = [row for row in cleaned_rows if any(row.cells)]
    if len(cleaned_rows) > 2 * limits.ROWS:
        raise refused(
            file, 2 * limits.ROWS, message("The file has too many rows."), code=Code.FILE_TOO_LARGE
        )
    if cleaned_rows and is_survey_header(cleaned_rows[0].cells) and cleaned_rows[0].cells[0]:
        return Workbook({"survey": Sheet("survey", cleaned_rows)}, [])
    sheets: dict[str, Sheet] = {}
    current: list[TextRow] = []
    for row in cleaned_rows:
        if row.cells[0]:
            name = _known(row.cells[0])
            current = sheets.setdefault(name, Sheet(row.cells[0], [])).rows
        if any(row.cells[1:]):
            current.append(TextRow(row.number, row.cells[1:]))
    other = [sheet.title for name, sheet in sheets.items() if name not in READ and sheet.rows]
    return Workbook({name: sheets[name] for name in READ if name in sheets}, other)
