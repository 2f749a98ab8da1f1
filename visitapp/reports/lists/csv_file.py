"""A list as CSV, for spreadsheets: UTF-8 with its mark, and no text that they would work out."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import BinaryIO

from visitapp.reports.lists.table import ListTable, Value, plain
from visitapp.rules.text import defused


def write_csv(table: ListTable, file: BinaryIO) -> None:
    """Write the list. Dates are ISO dates, which spreadsheets read as dates."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerows([defused(plain(line))] for line in table.head)
    writer.writerow([])
    writer.writerow([defused(plain(heading)) for heading in table.headings])
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    text.flush()
    text.detach()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return defused(plain(value))
    return value.isoformat() if isinstance(value, date) else str(value)
