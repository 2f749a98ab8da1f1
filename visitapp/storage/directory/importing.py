"""Reading one file of a regulator, whichever it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from visitapp.errors import BadFile, Code
from visitapp.language import both, counted, message
from visitapp.storage.directory import fhrs
from visitapp.storage.directory.care_inspectorate import DATASTORE
from visitapp.storage.directory.columns import Cells, Kind, Progress
from visitapp.storage.directory.content import Shape, shape_of, unknown
from visitapp.storage.directory.cqc import RATINGS
from visitapp.storage.directory.hsca import ACTIVE
from visitapp.storage.directory.places import Edition, Hygiene
from visitapp.storage.directory.staging import Staged
from visitapp.storage.directory.tables import NotRecognised, Table, sheet_table, text_table

_KINDS = (RATINGS, ACTIVE, DATASTORE)
_OTHERS = {
    "CQC's care directory, which has no ratings": ("phone_number", "service_types", "location_url"),
    "a list of food hygiene ratings as a table": ("fhrsid", "business_name"),
}
"""Public files that are not imported, by columns that tell them."""


@contextmanager
def read_file(path: Path, progress: Progress | None, today: date) -> Iterator[Edition]:
    """The content of the file, recognised by itself and not by its name. All its rows were read;
    its locations are to be taken while this is open.

    Raises BadFile when it is missing, empty, damaged or of no kind that is known.
    """
    shape = shape_of(path)
    if shape in (Shape.XML, Shape.JSON):
        with Staged(Hygiene) as kitchens:
            read = fhrs.read_xml if shape is Shape.XML else fhrs.read_json
            yield read(path, kitchens, progress, today)
        return
    with Staged(Cells) as rows:
        try:
            table_of = sheet_table if shape is Shape.SHEETS else text_table
            with table_of(path, _is_known) as table:
                edition = _read_table(table, rows, progress, today)
        except NotRecognised as unrecognised:
            raise _unrecognised(path, unrecognised.headers) from None
        yield edition


def _is_known(columns: Collection[str]) -> bool:
    return any(not kind.missing(columns) for kind in _KINDS)


def _read_table(
    table: Table, rows: Staged[Cells], progress: Progress | None, today: date
) -> Edition:
    kind = next(kind for kind in _KINDS if not kind.missing(table.columns))
    return kind.read(table, rows, progress, today)


def _unrecognised(path: Path, headers: list[tuple[str, ...]]) -> BadFile:
    """The refusal of a table; it names the known kind that a header comes close to."""
    for other, telling in _OTHERS.items():
        if any(all(name in columns for name in telling) for columns in headers):
            return unknown(
                path, message("This looks like {directory}. Nothing was imported.", directory=other)
            )
    found = [(len(kind.missing(columns)), kind, columns) for columns in headers for kind in _KINDS]
    lacking, kind, columns = min(found, key=lambda one: _share(*one), default=(0, RATINGS, ()))
    if not found or _share(lacking, kind, columns) > 0.5:
        return unknown(path)
    missing = kind.missing(columns)
    return unknown(
        path,
        counted(
            "This looks like {directory}, but it has no column {columns}. Nothing was imported.",
            "This looks like {directory}, but it has no columns {columns}. Nothing was imported.",
            len(missing),
            directory=kind.title,
            columns=both([f"“{name}”" for name in missing]),
        ),
        message("Download the file again. If the column has another name, rename it."),
    )


def _share(lacking: int, kind: Kind, _: Collection[str]) -> float:
    """The part of the needed columns that are missing."""
    return lacking / len(kind.needed)


def nothing_in_it(path: Path, edition: Edition) -> BadFile:
    """The refusal of a file of which not one row can be taken."""
    if not edition.problems:
        return BadFile(
            Code.FILE_EMPTY,
            message("The file has a header and no rows."),
            message("Download it again."),
            file=str(path),
        )
    first = min(edition.problems, key=lambda problem: problem.row)
    return BadFile(
        Code.FILE_UNREADABLE,
        message("No row of the file can be imported. The first problem: {fault}", fault=first.what),
        message("Correct that in every row, or download the file again."),
        file=str(path),
        row=first.row,
    )
