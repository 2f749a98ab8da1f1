"""Reading one file of a regulator, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from visitapp.errors import BadFile, Code
from visitapp.storage.directory import care_inspectorate, cqc, fhrs
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
        edition = fhrs.read(path, progress)
    elif shape is Shape.SHEETS:
        edition = _read_table(path, sheet_table(path, _is_known), progress)
    else:
        with text_table(path, _is_known) as table:
            edition = _read_table(path, table, progress)
    if not edition.places and not edition.hygiene:
        raise _nothing_in_it(path, edition)
    return edition


class _Kind(NamedTuple):
    """One table that can be imported: how its columns are known, and how it is read."""

    recognises: Callable[[Collection[str]], bool]
    read: Callable[[Table, Progress | None], Edition]


_KINDS = (
    _Kind(cqc.is_ratings, cqc.read),
    _Kind(care_inspectorate.is_datastore, care_inspectorate.read),
)


def _is_known(columns: Collection[str]) -> bool:
    return any(kind.recognises(columns) for kind in _KINDS)


def _read_table(path: Path, table: Table | None, progress: Progress | None) -> Edition:
    if table is None:
        raise unknown(path)
    kind = next(kind for kind in _KINDS if kind.recognises(table.columns))
    return kind.read(table, progress)


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
