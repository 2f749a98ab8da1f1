"""The plan as a spreadsheet that the provider fills in: their cells are marked, the others locked.

Texts are written as texts, whatever they begin with, and the file holds no formula.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.reports.lists.table import plain
from visitapp.rules.plans.counted import MOST_COUNTED
from visitapp.services.plans.provider.accuracy import COMMENTS, ROOM
from visitapp.services.plans.provider.columns import COLUMNS, HEAD, OURS, THEIRS
from visitapp.services.plans.provider.views import OutgoingPlan, OutgoingRow

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {
    "number": 10,
    "title": 38,
    "measure": 38,
    "who": 22,
    "due": 12,
    "state": 14,
    "so_far": 12,
    "progress": 14,
    "done_on": 13,
    "words": 44,
    "evidence": 34,
    "id": 14,
    "check": 11,
}
_COMMENT_WIDTHS = {"place": 34, "text": 60, "shown": 46}
_DAY = "dd/mm/yyyy"
_MARKED, _HEAD = "#FFF7CC", "#EEF1F4"


def write_provider_file(outgoing: OutgoingPlan, file: BinaryIO) -> None:
    """Write the spreadsheet."""
    import xlsxwriter  # late: it takes long to import

    plan = outgoing.plan
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": _DAY})
    book.set_properties({"title": translate("Improvement plan"), "author": "Visitapp"})
    formats = _Formats(book)
    sheet = book.add_worksheet(translate("Improvement plan")[:31])
    for place, name in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDTHS[name])
    for row, line in enumerate(_lines(outgoing)):
        sheet.write_string(row, 0, plain(line), formats.title if row == 0 else None)
    ours = {
        "council": outgoing.council,
        "plan": plan.id,
        "version": str(outgoing.version),
        "check": outgoing.check,
    }
    top = len(_lines(outgoing)) + 1
    for row, (name, title) in enumerate(HEAD.items(), top):
        sheet.write_string(row, 0, str(title), formats.small)
        sheet.write_string(row, 1, ours[name], formats.small)
    top += len(HEAD) + 1
    for place, (name, title) in enumerate(COLUMNS.items()):
        marked = formats.marked_head if name in THEIRS else formats.head
        sheet.write_string(top, place, str(title), marked)
    for row, action in enumerate(outgoing.rows, top + 1):
        _write_row(sheet, row, action, formats)
    sheet.freeze_panes(top + 1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
    if outgoing.visit_id is not None:
        _write_comments(book.add_worksheet(translate("Factual accuracy")[:31]), formats)
    book.close()


def _write_comments(sheet: Worksheet, formats: _Formats) -> None:
    """The sheet where the provider says what is not right in the report."""
    lines = (
        translate("Factual accuracy of the report"),
        translate("Is anything in the report wrong? Write it here, one thing a row."),
        translate("Tell us what shows that, as it was on the day of the visit."),
    )
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, formats.title if row == 0 else None)
    top = len(lines) + 1
    for place, (name, title) in enumerate(COMMENTS.items()):
        sheet.set_column(place, place, _COMMENT_WIDTHS[name])
        sheet.write_string(top, place, str(title), formats.marked_head)
        for row in range(top + 1, top + 1 + ROOM):
            sheet.write_blank(row, place, None, formats.marked)
    sheet.freeze_panes(top + 1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


class _Formats:
    def __init__(self, book: Any) -> None:
        wrapped = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B8C0C8"}
        marked = wrapped | {"bg_color": _MARKED, "locked": False}
        day = {"num_format": _DAY, "align": "left"}
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.small: Format = book.add_format({"font_size": 8, "font_color": "#5A6570"})
        self.head: Format = book.add_format(wrapped | {"bold": True, "bg_color": _HEAD})
        self.marked_head: Format = book.add_format(wrapped | {"bold": True, "bg_color": _MARKED})
        self.text: Format = book.add_format(wrapped)
        self.day: Format = book.add_format(wrapped | day)
        # Text, so that what begins with = is no formula to the program that it is typed in.
        self.marked: Format = book.add_format(marked | {"num_format": "@"})
        self.marked_number: Format = book.add_format(marked | {"num_format": "0"})
        self.marked_day: Format = book.add_format(marked | day)


def _lines(outgoing: OutgoingPlan) -> list[str]:
    plan = outgoing.plan
    dates = translate(
        "{first} to {last}", first=short_day(plan.starts_on), last=short_day(plan.ends_on)
    )
    return [
        translate("Improvement plan: {setting}", setting=plan.setting),
        translate("Goal: {goal}", goal=" ".join(plan.goal.split())),
        translate("{dates}, version {n}", dates=dates, n=outgoing.version),
        translate("Fill in the marked cells, save the file as .xlsx and send it back."),
        translate(
            "Leave every other cell as it is. Send documents beside this file and name them here."
        ),
    ]


def _write_row(sheet: Worksheet, row: int, action: OutgoingRow, formats: _Formats) -> None:
    ours: dict[str, Any] = {
        "number": action.number,
        "title": action.title,
        "measure": action.measure,
        "who": action.who,
        "due": action.due,
        "state": action.state,
        "so_far": action.so_far,
        "id": action.action_id,
        "check": action.check,
    }
    for place, name in enumerate(COLUMNS):
        if name in THEIRS:
            _write_marked(sheet, row, place, name, action, formats)
        elif isinstance(ours[name], date):
            sheet.write_datetime(row, place, ours[name], formats.day)
        elif isinstance(ours[name], int):
            sheet.write_number(row, place, ours[name], formats.text)
        else:
            small = formats.text if name in OURS else formats.small
            sheet.write_string(row, place, plain(ours[name]), small)


def _write_marked(
    sheet: Worksheet, row: int, place: int, name: str, action: OutgoingRow, formats: _Formats
) -> None:
    if not action.marked:
        sheet.write_blank(row, place, None, formats.text)
        return
    kinds = {"progress": formats.marked_number, "done_on": formats.marked_day}
    sheet.write_blank(row, place, None, kinds.get(name, formats.marked))
    if name == "progress":
        most = action.target or MOST_COUNTED
        sheet.data_validation(
            row,
            place,
            row,
            place,
            {
                "validate": "integer",
                "criteria": "between",
                "minimum": 0,
                "maximum": most,
                "error_message": translate("A whole number from 0 to {n}.", n=most),
            },
        )
    elif name == "done_on":
        sheet.data_validation(
            row,
            place,
            row,
            place,
            {
                "validate": "date",
                "criteria": ">=",
                "value": date(2000, 1, 1),
                "error_message": translate("A day, such as 31/01/2026."),
            },
        )
