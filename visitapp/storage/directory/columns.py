"""Finding the wanted columns of a table under any of their names, in any order."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from visitapp.storage.directory.content import cut_short
from visitapp.storage.directory.places import Edition, Problem
from visitapp.storage.directory.tables import Row, Table

Names = Mapping[str, tuple[str, ...]]
"""For each field, the normalised names that its column may have, the usual one first."""

Progress = Callable[[int], None]
"""Is told now and then how many rows were read. May raise to stop: nothing is kept then."""

Cells = dict[str, str]
"""One row's fields, stripped; a field without a column is ""."""

_TELL_EVERY = 1000
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")


def has(columns: Collection[str], names: Names, fields: Collection[str]) -> bool:
    """Whether a table has a column for each of these fields."""
    return all(any(name in columns for name in names[field]) for field in fields)


def rows_of(
    table: Table, names: Names, edition: Edition, progress: Progress | None
) -> Iterator[tuple[int, Cells]]:
    """The rows of a table by field, with their numbers; blank rows are left out.

    Counts rows into `edition` and notes short ones as problems. Raises BadFile when the last
    row ends too soon: the file was cut.
    """
    places = {
        field: next((table.columns.index(n) for n in spellings if n in table.columns), None)
        for field, spellings in names.items()
    }
    width = len(table.columns)
    short: Row | None = None
    for row in table.rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        edition.rows += 1
        if progress is not None and edition.rows % _TELL_EVERY == 0:
            progress(edition.rows)
        if short is not None:
            edition.problems.append(Problem(short.number, "The row has too few cells."))
        short = row if len(row.cells) < width and not table.padded else None
        if short is None:
            yield (
                row.number,
                {
                    field: "" if at is None or at >= len(row.cells) else row.cells[at].strip()
                    for field, at in places.items()
                },
            )
    if short is not None:
        raise cut_short(table.path, short.number)


def postcode(text: str) -> str:
    """A postcode in capitals with its space; anything else as it was written."""
    match = _POSTCODE.fullmatch(text.strip().upper())
    return f"{match[1]} {match[2]}" if match else text.strip()


def address(*lines: str) -> str:
    """The lines of an address that say something, joined by commas."""
    return ", ".join(line for line in lines if line and line != "-")


def whole_number(text: str) -> int | None:
    """A count such as `24` or `24.0`; None when there is none."""
    match = re.fullmatch(r"(\d{1,6})(?:\.0+)?", text)
    return int(match[1]) if match else None
