"""The reports of many visits, each a PDF of its own, in one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from forms.model import Form
from visitapp.errors import BadFile, Code
from visitapp.language import counted, message
from visitapp.reports.visit.photos import Read
from visitapp.reports.visit.report import write_visit_report
from visitapp.rules.text import safe_file_name
from visitapp.services.views.visits import VisitSummary, VisitView

Progress = Callable[[int, int], None]
"""Called with how many are done of how many; raises to stop."""


class Printable(Struct, frozen=True):
    """Where the reports come from."""

    view: Callable[[str], VisitView]
    form: Callable[[str], Form]
    photo: Read
    printed_at: datetime


def report_files(visits: Iterable[VisitSummary], folder: Path) -> dict[str, Path]:
    """The file of each visit, by its id: named by setting and day, with a number where two would
    have one name on Windows, which does not tell capitals apart."""
    files: dict[str, Path] = {}
    taken: set[str] = set()
    for visit in visits:
        plain = safe_file_name(f"{visit.setting} {visit.visited_on}")
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain} ({number})"
        taken.add(name.casefold())
        files[visit.id] = folder / f"{name}.pdf"
    return files


def write_reports(
    visits: Sequence[VisitSummary],
    folder: Path,
    printable: Printable,
    tell: Progress,
    *,
    overwrite: bool = False,
) -> list[Path]:
    """Write the report of each visit to a folder, which is made where it is not there; the files.

    Each report is whole or not there. Raises BadFile ALREADY_THERE, before anything is written,
    when a file of one of the names is there and is not to be overwritten; what `tell` raises; and
    what `write_visit_report` raises.
    """
    files = report_files(visits, folder)
    there = [file for file in files.values() if file.exists()]
    if there and not overwrite:
        raise BadFile(
            Code.ALREADY_THERE,
            counted(
                "{n} of these reports is already in this folder, so nothing was written.",
                "{n} of these reports are already in this folder, so nothing was written.",
                len(there),
            ),
            message("Choose another folder, or agree to replace them."),
            file=str(there[0]),
        )
    for done, (visit_id, file) in enumerate(files.items()):
        tell(done, len(files))
        view, form = printable.view(visit_id), printable.form(visit_id)
        folder.mkdir(parents=True, exist_ok=True)
        write_visit_report(view, form, file, printed_at=printable.printed_at, photo=printable.photo)
    tell(len(files), len(files))
    return list(files.values())
