"""A list as a page shows it, to be written to a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from visitapp.language import translate
from visitapp.reports.lists.table import ListTable, Value
from visitapp.ui.models.rows import Cell, Column


class ShownList(Struct, frozen=True, kw_only=True):
    """A list in view. `filters` are words of the program; `typed` is what the person typed.
    personal: as in `reports.lists.table`."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Any]
    filters: Sequence[str] = ()
    typed: Sequence[str] = ()
    personal: bool = True

    def table(self, by: str, at: datetime) -> ListTable:
        """The list for a file."""
        headings: list[str] = []
        columns: list[list[Value]] = []
        for column in self.columns:
            for heading, values in _values(column, self.rows):
                headings.append(heading)
                columns.append(values)
        return ListTable(
            name=self.name,
            filters=list(self.filters),
            typed=list(self.typed),
            headings=headings,
            rows=list(zip(*columns, strict=True)),
            by=by,
            at=at,
            personal=self.personal,
        )


def _values(column: Column, rows: Sequence[Any]) -> list[tuple[str, list[Value]]]:
    """A column with its values; its quieter second lines stand in a column of their own."""
    if column.value is not None:
        return [(column.title, [column.value(row) for row in rows])]
    cells: list[Cell] = [column.cell(row) for row in rows]
    found: list[tuple[str, list[Value]]] = [(column.title, [cell.text for cell in cells])]
    if any(cell.second for cell in cells):
        more = translate("{column} (more)", column=column.title)
        found.append((more, [cell.second for cell in cells]))
    return found
