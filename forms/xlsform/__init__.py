"""XLSForm in: the spreadsheets of ODK, KoboToolbox and others become forms of ours.

read_workbook   sheets, package, compound, delimited: any container into rows of text
table, choose   columns, languages: the many spellings of columns and languages into one
read_survey     survey, types, choices, settings: what each row is
translate       expressions, values, comparing, functions, truth: `relevant` into CEL
build, emit     questions, scales, notes, wording, form: the form, and its YAML
"""

from __future__ import annotations

from pathlib import Path

from forms.format.check import check_form
from forms.spreadsheet.refusals import refused
from forms.xlsform.findings import Findings, Imported, LeftOut
from forms.xlsform.form.build import build
from forms.xlsform.form.emit import emit
from forms.xlsform.workbook.read import read_workbook
from visitapp.language import message, verbatim

__all__ = ["Imported", "LeftOut", "import_xlsform"]


def import_xlsform(path: Path) -> Imported:
    """Turns the XLSForm at `path` (.xlsx, .xls, .ods, .csv or .md, by its content) into a form.

    What has no counterpart is listed in `left_out`, row by row. Raises BadFile, naming the file
    and the row where there is one, when it cannot be read or would not make a good form.
    """
    findings = Findings(path.name)
    form = build(read_workbook(path), path, findings)
    text = emit(form)
    faults = check_form(text, path.name)
    if faults:
        what = message("The imported form has a fault: {fault}", fault=faults[0].what)
        raise refused(path.name, None, what, verbatim(faults[0].remedy))
    questions = [draft for area in form.areas for draft in area.questions]
    return Imported(
        yaml_text=text,
        form_id=form.about.id,
        title=form.about.title,
        language=form.language,
        rows=form.rows,
        areas=len(form.areas),
        questions=len(questions),
        conditions=sum(1 for draft in questions if draft.keys.get("relevant")),
        left_out=findings.left_out(),
    )
