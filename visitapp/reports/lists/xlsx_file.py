"""A list as a spreadsheet: text as text, dates as dates, the columns' titles kept in view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from visitapp.reports.lists.table import ListTable, Value, plain

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_DAY = "dd/mm/yyyy"
_NARROWEST, _WIDEST = 8, 60
_MEASURED = 500
"""Rows by which the width of a column is chosen."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_xlsx(table: ListTable, file: BinaryIO) -> None:
    """Write the list."""
    import xlsxwriter  # late: it takes long to import

    # Rows are written as they come and then forgotten; nothing is worked out or made a link.
    options = {"constant_memory": True, "in_memory": False, "default_date_format": _DAY}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": table.name, "author": table.by, "created": table.at})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": _DAY, "valign": "top", "align": "left"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(table.name.translate(_FORBIDDEN).strip()[:31] or None)
    for column, width in enumerate(_widths(table)):
        sheet.set_column(column, column, width)
    for row, line in enumerate(table.head):
        sheet.write_string(row, 0, plain(line), bold if row == 0 else None)
    top = len(table.head) + 1
    for column, heading in enumerate(table.headings):
        sheet.write_string(top, column, plain(heading), bold)
    for row, values in enumerate(table.rows, top + 1):
        _write_row(sheet, row, values, text, day)
    sheet.freeze_panes(top + 1, 0)
    if table.headings:
        last = max(top + len(table.rows), top)
        sheet.autofilter(top, 0, last, len(table.headings) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
    book.close()


def _write_row(
    sheet: Worksheet, row: int, values: Sequence[Value], text: Format, day: Format
) -> None:
    for column, value in enumerate(values):
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, day)
        elif isinstance(value, str):
            if value:
                sheet.write_string(row, column, plain(value), text)
        elif value is not None:
            sheet.write_number(row, column, value, text)


def _widths(table: ListTable) -> list[int]:
    widths = [len(heading) for heading in table.headings]
    for row in table.rows[:_MEASURED]:
        for column, value in enumerate(row):
            lines = value.split("\n") if isinstance(value, str) else ["00/00/0000"]
            widths[column] = max(widths[column], *map(len, lines))
    return [min(max(width + 2, _NARROWEST), _WIDEST) for width in widths]
