"""The file of a plan as a provider fills it in: every cell copied, some of them changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.support.desk.sheets import cells

Changes = Mapping[int, Mapping[str, Any]]
"""By the number of the action and the title of the column."""
HEAD = ("Council", "Plan", "Version", "Check")


def filled(
    sent: Path,
    changes: Changes,
    *,
    head: Mapping[str, str] | None = None,
    name: str = "back.xlsx",
    hidden: str = "",
    leave_out: int = 0,
) -> Path:
    """A copy beside the file that was sent. `head`: lines above the table that are changed;
    `hidden`: the name of a hidden sheet that is put in front; `leave_out`: an action."""
    path = sent.with_name(name)
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    front = book.add_worksheet(hidden or "Notes")
    front.write_string(0, 0, "Action id")
    sheet = book.add_worksheet("Improvement plan")
    if hidden:
        sheet.activate()
        sheet.set_first_sheet()
        front.hide()
    for row, values in enumerate(rows_of(sent, changes, head or {}, leave_out)):
        for column, value in enumerate(values):
            if isinstance(value, date):
                moment = datetime(value.year, value.month, value.day)
                sheet.write_datetime(row, column, moment, day)
            elif isinstance(value, Formula):
                sheet.write_formula(row, column, value, None, 7)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write_number(row, column, value)
    book.close()
    return path


class Formula(str):
    """A cell that is worked out."""


def rows_of(
    sent: Path, changes: Changes, head: Mapping[str, str], leave_out: int = 0
) -> list[list[Any]]:
    """Every row of the file that was sent, changed."""
    rows = cells(sent)
    top = next(place for place, row in enumerate(rows) if "Action id" in row)
    titles = rows[top]
    for row in rows[:top]:
        if row[0] in head:
            row[1] = head[row[0]]
    kept = rows[: top + 1]
    for row in rows[top + 1 :]:
        for title, value in changes.get(int(row[0]), {}).items():
            row[titles.index(title)] = value
        if int(row[0]) != leave_out:
            kept.append(row)
    return kept
