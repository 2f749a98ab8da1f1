"""Reading one file of a regulator, whichever it is."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from visitapp.errors import BadFile, Code
from visitapp.storage.directory import cqc
from visitapp.storage.directory.columns import Progress
from visitapp.storage.directory.content import Shape, shape_of, unknown
from visitapp.storage.directory.places import Edition
from visitapp.storage.directory.tables import Table, sheet_table, text_table


def read_file(path: Path, progress: Progress | None) -> Edition:
    """What the file holds, recognised by its content.

    Raises BadFile when it is missing, empty, damaged, of no kind that is known, or when not one
    row of it can be taken.
    """
    shape = shape_of(path)
    if shape is Shape.XML:
        raise unknown(path)
    if shape is Shape.SHEETS:
        edition = _read_table(path, sheet_table(path, _is_known), progress)
    else:
        with text_table(path, _is_known) as table:
            edition = _read_table(path, table, progress)
    if not edition.places and not edition.hygiene:
        raise _nothing_in_it(path, edition)
    return edition


def _is_known(columns: Collection[str]) -> bool:
    return cqc.is_ratings(columns)


def _read_table(path: Path, table: Table | None, progress: Progress | None) -> Edition:
    if table is None:
        raise unknown(path)
    return cqc.read(table, progress)


def _nothing_in_it(path: Path, edition: Edition) -> BadFile:
    if not edition.problems:
        return BadFile(
            Code.FILE_EMPTY,
            "The file has a header and no rows.",
            "Download it again.",
            file=str(path),
        )
    first = edition.problems[0]
    return BadFile(
        Code.FILE_UNREADABLE,
        f"No row of the file can be taken. The first problem: {first.what}",
        "Check that it is the right file.",
        file=str(path),
        row=first.row,
    )
