"""Public XLSForms where they lie beside the project: imported, or refused at a row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from forms.format.check import check_form
from forms.xlsform import import_xlsform
from forms.xlsform.survey.languages import choose
from forms.xlsform.text import plain
from forms.xlsform.workbook.columns import table
from forms.xlsform.workbook.read import read_workbook
from tests.support.forms.xlsforms import real_files
from visitapp.errors import BadFile

FILES = real_files()
imported_once = cache(import_xlsform)
"""The large files take a second each."""
REFUSED = {
    "bug_example_xls__bad_calc.xlsx": 2,
    "example_xls__calculate.xls": 2,
    "example_xls__fruits.csv": 1,
    "example_xls__include_json.csv": 3,
    "example_xls__include_json.xls": 2,
}
"""Those that ask nothing, or are no XLSForm, and the row that is named."""

pytestmark = pytest.mark.skipif(not FILES, reason="the real files do not lie beside the project")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_is_imported_or_refused_at_a_row(path: Path) -> None:
    if path.name in REFUSED:
        with pytest.raises(BadFile) as refusal:
            import_xlsform(path)
        assert refusal.value.row == REFUSED[path.name]
        return
    imported = imported_once(path)
    assert check_form(imported.yaml_text, path.name) == []
    assert imported.questions > 0
    assert all(loss.row > 0 and loss.what.strip() for loss in imported.left_out)


LARGE = {
    "all_question_types.xlsx": (107, 122, 0),
    "ifrc_distribution_site_assessment.xlsx": (171, 87, 13),
    "liberia_village.xlsx": (10, 5, 0),
    "qgis_service_rating.xlsx": (37, 27, 15),
    "socio_economic_survey.xlsx": (27, 40, 18),
    "who_va.xlsx": (592, 541, 529),
}


@pytest.mark.parametrize("name", LARGE)
def test_the_counts_of_the_large_ones(name: str) -> None:
    path = next(path for path in FILES if path.name == name)
    imported = imported_once(path)
    assert (imported.rows, imported.questions, imported.conditions) == LARGE[name]


@pytest.mark.parametrize("name", LARGE)
def test_every_row_comes_along_or_is_named(name: str) -> None:
    """No row vanishes: it is asked, titles an area, is told in the form's words, or is a loss."""
    path = next(path for path in FILES if path.name == name)
    imported = imported_once(path)
    said = " ".join(_words(yaml.safe_load(imported.yaml_text)))
    rows = table(read_workbook(path).sheets["survey"].rows, "type")
    languages = choose(rows.columns, [], imported.language)
    named = {loss.row for loss in imported.left_out if loss.sheet == "survey"}
    for cells in rows.rows:
        label = " ".join(plain(languages.pick(cells.languages("label"))[0]).split())[:40].strip()
        assert cells.number in named or label in said, cells


def _words(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield " ".join(tree.split())
    elif isinstance(tree, dict | list):
        for inner in tree.values() if isinstance(tree, dict) else tree:
            yield from _words(inner)
