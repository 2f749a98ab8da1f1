"""Columns that have no counterpart here, said row by row."""

from __future__ import annotations

from forms.xlsform.findings import Findings, column_lost
from forms.xlsform.survey.rows import Group, Item, is_true
from forms.xlsform.survey.types import Kind
from forms.xlsform.text import one_line, shortened
from forms.xlsform.workbook.columns import Cells, Table
from visitapp.language import message

_SENTENCES = {
    "appearance": message('The appearance "{text}" is left out.'),
    "default": message('The answer filled in beforehand, "{text}", is left out.'),
    "choice_filter": message(
        'The filter of its choices, "{text}", is left out: every choice is offered.'
    ),
    "parameters": message('The parameters "{text}" are left out.'),
    "trigger": message('The trigger "{text}" is left out.'),
    "save_to": message('Saving the answer to the entity property "{text}" is left out.'),
    "repeat_count": message('The number of repeats, "{text}", is left out.'),
}
_USED = frozenset(
    (
        *("type", "name", "label", "hint", "guidance_hint", "relevant", "required", "disabled"),
        *("constraint", "constraint_message", "calculation", "read_only", "media"),
        *("required_message", *_SENTENCES),
    )
)


def note_row(row: Item | Group, sheet: str, findings: Findings) -> None:
    """Notes what the row's columns lose, whatever its type."""
    cells = row.cells
    for column, sentence in _SENTENCES.items():
        text = cells.get(column)
        if text:
            findings.add(sheet, row.row, sentence.filled(text=shortened(one_line(text), 200)))
    if cells.get("calculation") and row.type.kind is not Kind.CALCULATE:
        what = message(
            'The calculation "{text}" is left out: the answer is given by hand.',
            text=shortened(one_line(cells.get("calculation")), 200),
        )
        findings.add(sheet, row.row, what)
    if is_true(cells.get("read_only")) and row.type.kind not in (Kind.NOTE, Kind.CALCULATE):
        findings.add(sheet, row.row, message("It could only be read; here it can be answered."))
    for column, what in (
        ("media", message("Its picture or sound is left out.")),
        ("required_message", message("Its own words for a missing answer are left out.")),
    ):
        if cells.languages(column):
            findings.add(sheet, row.row, what)


def note_columns(table: Table, sheet: str, findings: Findings) -> None:
    """Notes the columns that are not read at all, once each."""
    for column in table.columns:
        if column.name not in _USED and _is_filled(table.rows, column.name):
            findings.add(sheet, table.header, column_lost(column.name))


def note_shared_names(items: list[Item], sheet: str, findings: Findings) -> None:
    """Notes rows that share a name: a condition that names it means the nearest one above."""
    first: dict[str, int] = {}
    for item in items:
        if item.name and first.setdefault(item.name, item.row) != item.row:
            what = message(
                'The name "{name}" also stands in row {row}; conditions below mean this row.',
                name=shortened(item.name, 60),
                row=first[item.name],
            )
            findings.add(sheet, item.row, what)


def note_strays(table: Table, sheet: str, findings: Findings) -> None:
    """Notes what stands beside the columns, or in a column that stands there twice."""
    for stray in table.strays:
        told = ", ".join(f'"{shortened(one_line(text), 60)}"' for text in stray.texts[:5])
        what = message("In no column of its own, so left out: {texts}.", texts=told)
        findings.add(sheet, stray.row, what)


def _is_filled(rows: list[Cells], name: str) -> bool:
    return any(cells.get(name) for cells in rows)
