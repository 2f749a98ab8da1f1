"""Files of lists, read back as a person's spreadsheet program would."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import python_calamine


def cells(path: Path) -> list[list[Any]]:
    """Every row of the file, from the first."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [list(row) for row in csv.reader(file)]
    book = python_calamine.load_workbook(str(path))
    return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def below_head(path: Path) -> list[list[Any]]:
    """The titles of the columns and the rows below them; five lines stand above."""
    return cells(path)[5:]
