"""Saving a list to a file, with its entry for the audit log."""

from __future__ import annotations

import io
from pathlib import Path

from visitapp.errors import BadFile, Code
from visitapp.language import message, translate
from visitapp.reports.lists.csv_file import write_csv
from visitapp.reports.lists.table import ListTable
from visitapp.reports.lists.xlsx_file import write_xlsx
from visitapp.reports.paper.whole_file import write_whole
from visitapp.services.exports.exports import Exports

_WRITERS = {".csv": write_csv, ".xlsx": write_xlsx}
FILE_TYPES = tuple(_WRITERS)
"""The ends of the names of files that lists can be saved to."""


def save_list(table: ListTable, path: Path, exports: Exports) -> Path:
    """Write a list to a file, CSV or XLSX by its name, and replace what stands there.

    An export that belongs into the audit log is recorded first: there is no file without it.
    Raises BadFile for another type of file, and EnvironmentProblem when it cannot be written; what
    stood there is then as it was.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise BadFile(
            Code.FILE_UNKNOWN,
            message("A list can be saved as CSV or XLSX only."),
            message("Give the file a name that ends in .csv or .xlsx."),
            file=str(path),
        )
    content = io.BytesIO()
    write(table, content)
    if table.personal:
        file_type = path.suffix[1:].lower()
        filters = [*table.filters, *([translate("search")] if table.typed else [])]
        exports.record(table.name, "; ".join(filters), len(table.rows), file_type)
    return write_whole(path, content.getvalue())
