"""XLSForms written as text: one .csv with all sheets, or pyxform's tables in .md."""

from __future__ import annotations

import csv
import io
import re

from msgspec import Struct

from forms.xlsform import limits
from forms.xlsform.findings import refused
from visitapp.errors import Code


class TextRow(Struct, frozen=True):
    """A row of text: its number in the sheet or the file, from 1."""

    number: int
    cells: list[str]


_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^[\s|:\-]*-[\s|:\-]*$")


def decoded(data: bytes, file: str) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or else Windows-1252.

    Raises BadFile when it is no text at all.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    if b"\0" in data and encodings[0] != "utf-16":
        encodings = []
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(
        file,
        None,
        "This is not a spreadsheet or text that can be read.",
        "An XLSForm is an .xlsx, .xls, .ods, .csv or .md file.",
        Code.FILE_UNKNOWN,
    )


def looks_like_markdown(text: str) -> bool:
    """Whether some line is a table row that names a sheet."""
    return re.search(r"^\s*\|\s*(survey|choices|settings)\s*\|", text, re.M | re.I) is not None


def markdown_rows(text: str) -> list[TextRow]:
    """The rows of every table in `text`."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line.startswith("|") or _RULE.match(line):
            continue
        cells = _BAR.split(line.strip("|") if line.endswith("|") else line[1:])
        if line.startswith("||"):
            cells.insert(0, "")
        rows.append(TextRow(number, [cell.replace("\\|", "|").strip() for cell in cells]))
    return rows


def csv_rows(text: str, file: str) -> list[TextRow]:
    """The rows of a .csv file whose cells are parted by commas, semicolons or tabs.

    Raises BadFile when a quote never ends or a cell is too long, naming the line.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows = []
    number = 1
    try:
        for cells in reader:
            rows.append(TextRow(number, cells[: limits.COLUMNS] or [""]))
            number = reader.line_num + 1
            if len(rows) > 4 * limits.ROWS:
                break
    except csv.Error as problem:
        raise refused(file, number, "The line cannot be read as comma-separated text.") from problem
    return rows


def _delimiter(text: str) -> str:
    head = [line for line in text[:4000].splitlines() if line.strip()][:5]
    counts = {mark: sum(line.count(mark) for line in head) for mark in ",;\t"}
    return max(counts, key=lambda mark: counts[mark])
