"""The settings sheet: the form's name, version and language."""

from __future__ import annotations

import re
from pathlib import PurePath

from forms.xlsform.findings import Findings
from forms.xlsform.form.areas import About
from forms.xlsform.form.wording import readable
from forms.xlsform.names import slug
from forms.xlsform.survey.rows import Item
from forms.xlsform.survey.types import Kind
from forms.xlsform.text import one_line, plain, shortened
from forms.xlsform.workbook.columns import Table
from visitapp.language import message

_READ = ("form_title", "form_id", "version", "default_language", "name")


def default_language(settings: Table | None) -> str:
    """The language that the settings name, or empty."""
    return settings.rows[0].get("default_language") if settings and settings.rows else ""


def about(
    settings: Table | None, sheet: str, items: list[Item], path: PurePath, findings: Findings
) -> About:
    """The form's id, title and version; what the settings do not say comes from the file's name."""
    found: dict[str, str] = {}
    for item in items:
        if item.type.kind is Kind.SETTING:
            found[item.type.word] = item.name
    if settings and settings.rows:
        row = settings.rows[0]
        for column, text in row.values.items():
            if column.name in _READ:
                found[column.name] = text
            else:
                shown = shortened(one_line(text), 80)
                what = message(
                    'The setting "{name}", "{value}", is left out.', name=column.name, value=shown
                )
                findings.add(sheet, row.number, what)
        for row in settings.rows[1:]:
            what = message("A second row of settings is left out.")
            findings.add(sheet, row.number, what)
    title = one_line(plain(found.get("form_title", ""))) or readable(path.stem)
    id_ = slug(found.get("form_id", "")) or slug(title) or slug(path.stem) or "imported_form"
    return About(
        id_.replace("_", "-"), _version(found.get("version", "")), shortened(title, 200) or id_
    )


def _version(text: str) -> str:
    found = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-._")[:20]
    return found or "1"
