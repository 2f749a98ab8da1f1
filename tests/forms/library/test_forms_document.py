"""docs/forms.md says of the library what is true of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms.catalogue.catalogue import shipped
from forms.format.sources import SOURCES
from forms.model import Form
from forms.xlsform import import_xlsform
from tests.support.forms.xlsforms import real_files
from visitapp.errors import BadFile
from visitapp.standing.indicators.every import READERS

DOCUMENT = (Path(__file__).parents[3] / "docs/forms.md").read_text(encoding="utf-8")
FORMS = {found.id: shipped().form(found.id) for found in shipped().summaries()}
KINDS = {"visit": "visit", "self_assessment": "self-assessment", "risk": "risk"}


def section(title: str) -> str:
    """What stands under a heading, up to the next one of any depth."""
    body = re.split(rf"^#+ {re.escape(title)}$", DOCUMENT, flags=re.MULTILINE)[1]
    return re.split(r"^#+ ", body, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of each line of a table below its head."""
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def counts(form: Form) -> list[str]:
    questions = form.questions.values()
    numbers = (
        len(form.areas),
        len(questions),
        sum(question.scale is not None and question.weight > 0 for question in questions),
        sum(question.type == "sample" for question in questions),
    )
    return [KINDS[form.kind], *map(str, numbers)]


def test_the_table_counts_what_the_forms_hold() -> None:
    table = {row[0].strip("`"): row[1:6] for row in rows(section("The included forms"))}
    assert table == {form_id: counts(form) for form_id, form in FORMS.items()}


def test_every_form_names_its_paper_and_what_is_ours() -> None:
    for row in rows(section("The included forms"))[:20]:
        form_id, papers, ours = row[0], row[6], row[7]
        assert re.fullmatch(r"00[0-4](, 00[0-4])*", papers), form_id
        assert len(ours) > 10, form_id


def test_the_sum_of_all_questions_is_told() -> None:
    total = sum(len(form.questions) for form in FORMS.values())
    assert f"Twenty forms, {total} questions." in DOCUMENT
    assert len(FORMS) == 20


def test_every_form_was_read_aloud_once_with_a_day() -> None:
    read = rows(section("Read aloud"))
    named = [name for row in read for name in re.findall(r"`([\w-]+)`", row[0])]
    assert sorted(named) == sorted(FORMS)
    assert all(re.fullmatch(r"\d{1,2} \w+ 20\d\d", row[1]) and row[2] for row in read)


def test_the_frameworks_of_the_forms_are_told_with_their_editions() -> None:
    editions = {
        (framework.id, framework.version)
        for form in FORMS.values()
        for framework in form.frameworks.values()
    }
    told = section("Rules for all forms")
    for framework, version in editions:
        assert f"`{framework}`" in told
        assert version in told


def test_every_source_is_told_and_those_that_fill_today() -> None:
    told = section("Sources of answers")
    named = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", told))
    assert named == set(SOURCES)
    kept = READERS.keys()
    below = told.split("Of these,")[1]
    assert kept <= set(re.findall(r"`([a-z_]+\.[a-z_]+)`", below))


@pytest.mark.skipif(not real_files(), reason="the real files do not lie beside the project")
def test_the_counts_of_real_xlsforms() -> None:
    imported, refused = [], 0
    for path in real_files():
        try:
            imported.append(import_xlsform(path))
        except BadFile:
            refused += 1
    told = " ".join(section("XLSForms tested").split())
    questions = sum(one.questions for one in imported)
    left_out = sum(len(one.left_out) for one in imported)
    assert f"Of {len(imported) + refused} public XLSForms, {len(imported)} are imported" in told
    assert f"and {refused} are refused" in told
    assert f"have {questions:,} questions and {left_out:,} items" in told
