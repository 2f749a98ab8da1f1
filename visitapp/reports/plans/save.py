"""What a provider is sent of a plan: the plan as a PDF and as a spreadsheet, and the report of the
visit that it came from."""

from __future__ import annotations

import io
from pathlib import Path

from visitapp.errors import BadFile, Code
from visitapp.language import counted, message, translate
from visitapp.reports.paper.whole_file import write_whole
from visitapp.reports.plans.plan_paper import write_plan_paper
from visitapp.reports.plans.provider_file import write_provider_file
from visitapp.reports.visit.report import write_visit_report
from visitapp.rules.text import safe_file_name
from visitapp.services.plans.provider.views import OutgoingPlan
from visitapp.services.services import Services


def save_for_provider(
    services: Services,
    plan_id: str,
    folder: Path,
    *,
    overwrite: bool = False,
    renames: bool = False,
) -> list[Path]:
    """Write the newest version of a plan into a folder, which is made where it is not there; the
    files. Each is whole or not there. `renames`: a file whose name is taken gets another one, so
    that what a provider sent back is never replaced.

    Raises NotFound, Refused BAD_VALUE for a plan that is not agreed, BadFile ALREADY_THERE before
    anything is written, and EnvironmentProblem.
    """
    outgoing = services.provider_files.outgoing(plan_id)
    paper, sheet, report = _files(services, outgoing, folder)
    if renames:
        paper, sheet = _free(paper), _free(sheet)
        report = _free(report) if report is not None else None
    files = [one for one in (paper, sheet, report) if one is not None]
    there = [one for one in files if one.exists()]
    if there and not overwrite:
        raise BadFile(
            Code.ALREADY_THERE,
            counted(
                "{n} of these files is already in this folder, so nothing was written.",
                "{n} of these files are already in this folder, so nothing was written.",
                len(there),
            ),
            message("Choose another folder, or agree to replace them."),
            file=str(there[0]),
        )
    now = services.desk.clock().astimezone()
    content = io.BytesIO()
    write_provider_file(outgoing, content)
    version = translate("version {n}", n=outgoing.version)
    # First, so that there is no file without its entry in the audit log.
    services.exports.record(translate("Improvement plan"), version, len(outgoing.rows), "xlsx")
    write_plan_paper(outgoing, paper, printed_at=now)
    write_whole(sheet, content.getvalue())
    if report is not None and outgoing.visit_id is not None:
        view = services.visits.view(outgoing.visit_id)
        form = services.visits.form(outgoing.visit_id)
        photo = services.evidence.if_here
        write_visit_report(view, form, report, printed_at=now, photo=photo)
    return files


def _files(
    services: Services, outgoing: OutgoingPlan, folder: Path
) -> tuple[Path, Path, Path | None]:
    plan = outgoing.plan
    name = safe_file_name(f"{plan.setting} improvement plan {outgoing.version}")
    report = None
    if outgoing.visit_id is not None:
        visited = services.visits.view(outgoing.visit_id).summary.visited_on
        report = folder / f"{safe_file_name(f'{plan.setting} {visited}')}.pdf"
    return folder / f"{name}.pdf", folder / f"{name}.xlsx", report


def _free(file: Path) -> Path:
    """A name that no file there has."""
    found, number = file, 1
    while found.exists():
        number += 1
        found = file.with_name(f"{file.stem} ({number}){file.suffix}")
    return found
