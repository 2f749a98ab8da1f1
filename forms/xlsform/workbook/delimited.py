"""XLSForms written as text: one .csv with all sheets, or pyxform's tables in .md."""

from __future__ import annotations

import csv
import io
import re
from itertools import chain

from msgspec import Struct

from forms.spreadsheet.encodings import told_encoding
from forms.spreadsheet.refusals import refused
from forms.xlsform import limits
from visitapp.errors import Code
from visitapp.language import message


class TextRow(Struct, frozen=True):
    """A row of text: its number in the sheet or the file, from 1."""

    number: int
    cells: list[str]


_NO_TABLE = (b"%pdf", b"{", b"<?xml", b"<!doctype", b"<html")
"""How PDF, JSON, XML and web pages begin."""
_END = "\x1f"
"""A last line of its own: one that is swallowed shows that a quotation mark is open."""
_BAR = re.compile(r"(?<!\\)\|")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_SHEETS = ("survey", "choices", "settings")
_SHEET_ROW = re.compile(r"\|[\s*]*(survey|choices|settings)[\s*]*\|", re.I)


def decoded(data: bytes, file: str) -> str:
    """The text of a file: UTF-8, UTF-16 or UTF-32, or else Windows-1252.

    Raises BadFile when it is no text at all.
    """
    told = told_encoding(data)
    encodings = [told] if told else ["utf-8-sig", "cp1252"]
    if told is None and (b"\0" in data or data[:100].lstrip().lower().startswith(_NO_TABLE)):
        encodings = []
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(
        file,
        None,
        message("This file cannot be read as a spreadsheet or as text."),
        message("An XLSForm is an .xlsx, .xls, .ods, .csv or .md file."),
        Code.FILE_UNKNOWN,
    )


def looks_like_markdown(text: str) -> bool:
    """Whether a line is a table row that names a sheet, or rules off the header of a table."""
    lines = (line.strip() for line in text.splitlines())
    return any(_SHEET_ROW.match(line) or ("|" in line and _is_rule(line)) for line in lines)


def markdown_rows(text: str) -> list[TextRow]:
    """The rows of every table in `text`, the name of their sheet in the first cell or left empty.

    A sheet is named by a row of its table, as pyxform writes it, or by a line above it.
    """
    rows: list[TextRow] = []
    headed = begun = False
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        heading = _heading(line)
        if heading:
            headed, begun = True, False
            rows.append(TextRow(number, [heading]))
        elif "|" in line and not _is_rule(line) and (headed or line.startswith("|")):
            cells = _cells(line)
            if headed and not begun:
                headed = bool(cells[0]) and not _SHEET_ROW.match(line)
                begun = True
            rows.append(TextRow(number, ["", *cells] if headed else cells))
    return rows


def _is_rule(line: str) -> bool:
    """Whether it is the line of dashes under a table's header."""
    return "-" in line and not line.strip("|:- \t")


def _heading(line: str) -> str:
    """The name that a line above a table gives it; empty for any other line."""
    if "|" in line:
        return ""
    name = line.strip("#*_`: \t")
    bold = line.startswith("**") and line.rstrip(":").endswith("**")
    return name if line.startswith("#") or bold or name.lower() in _SHEETS else ""


def _cells(line: str) -> list[str]:
    """The cells of a table row, without the bars at its ends; bold is taken off."""
    inner = line[1:] if line.startswith("|") else line
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    found = [cell.replace("\\|", "|").strip() for cell in _BAR.split(inner)]
    return [bold[1] if (bold := _BOLD.fullmatch(cell)) else cell for cell in found]


def csv_rows(text: str, file: str) -> list[TextRow]:
    """The rows of a .csv file whose cells are parted by commas, semicolons or tabs.

    Raises BadFile when a quote never ends or a cell is too long, naming the line.
    """
    lines = chain(io.StringIO(text, newline=""), [_END])
    reader = csv.reader(lines, delimiter=_delimiter(text))
    rows: list[TextRow] = []
    number = 1
    cells: list[str] = []
    try:
        for cells in reader:
            if cells == [_END]:
                break
            rows.append(TextRow(number, cells[: limits.COLUMNS] or [""]))
            number = reader.line_num + 1
            if len(rows) > 4 * limits.ROWS:
                return rows
    except csv.Error as problem:
        raise refused(
            file, number, message("The line cannot be read as comma-separated text.")
        ) from problem
    if cells != [_END]:
        raise refused(
            file,
            rows[-1].number,
            message("A quotation mark in this row is never closed, so the rows below are lost."),
            message("Close it, or save the form as a spreadsheet."),
        )
    return rows


def _delimiter(text: str) -> str:
    head = [line for line in text[:4000].splitlines() if line.strip()][:5]
    counts = {mark: sum(line.count(mark) for line in head) for mark in ",;\t"}
    return max(counts, key=lambda mark: counts[mark])
