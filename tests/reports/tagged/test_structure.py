"""A screen reader is given the report in order: headings, tables with header cells, pictures."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import page
import pypdfium2
import pytest
from msgspec.structs import replace

from forms.catalogue.catalogue import FormSummary, shipped
from forms.model import Form
from tests.support.desk.pictures import jpeg
from tests.support.forms.answers import best_answers
from tests.support.paper.pdf_structure import Node, outline, structure
from tests.support.paper.visit_views import (
    NOT_MET,
    PRINTED_AT,
    full_view,
    make_action,
    make_view,
    small_form,
)
from visitapp.language import choose_language
from visitapp.reports.visit.report import write_visit_report
from visitapp.services.views.visits import EvidenceView, VisitView

LIBRARY = shipped()
LONG = "The rota was read with the deputy manager, and three weeks of it had gaps. " * 40


def report(view: VisitView, form: Form, out: Path) -> Path:
    pictures = {"one": jpeg(800, 600)}
    return write_visit_report(view, form, out, printed_at=PRINTED_AT, photo=pictures.get)


def poor_visit(form: Form, *, actions: int = 1) -> VisitView:
    """A visit with findings, long notes, a photo and `actions` actions."""
    made = [
        make_action(id=f"a{number}", title=f"Action number {number}", detail=LONG[:300])
        for number in range(actions)
    ]
    question = next(iter(form.questions))
    photo = EvidenceView(
        id="one", question=question, kind="photo", title="The rota", sha256="0" * 64
    )
    answers = {**NOT_MET, "referrals": {"value": "not_met", "note": LONG}}
    return replace(make_view(form, answers), evidence=[photo], actions=made)


@pytest.fixture(scope="module")
def form() -> Form:
    return small_form()


def faults(path: Path) -> list[str]:
    return [
        f"{fault.rule_id}: {fault.message}"
        for fault in page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1).failures
    ]


@pytest.mark.parametrize("summary", LIBRARY.summaries(), ids=lambda summary: summary.id)
def test_the_report_of_every_form_passes_pdf_ua(summary: FormSummary, tmp_path: Path) -> None:
    form = LIBRARY.form(summary.id, summary.version)
    view = make_view(form, best_answers(form), service_type=form.applies_to[0])
    assert faults(report(view, form, tmp_path / "report.pdf")) == []


@pytest.mark.parametrize("status", ["draft", "returned", "signed_off"])
def test_a_report_with_findings_photos_and_actions_passes_pdf_ua(
    status: str, form: Form, tmp_path: Path
) -> None:
    view = poor_visit(form, actions=60)
    view = replace(view, summary=replace(view.summary, status=status))
    assert faults(report(view, form, tmp_path / "report.pdf")) == []


def test_a_logo_and_drawn_signatures_pass_pdf_ua_and_have_words(form: Form, tmp_path: Path) -> None:
    out = report(full_view(form), form, tmp_path / "report.pdf")
    assert faults(out) == []
    figures = [n for tops in structure(out) for t in tops for n in t.walk() if n.kind == "Figure"]
    assert [figure.alternative for figure in figures] == [
        "Logo of Quillmarsh County Council",
        "Signature of Asha Verrin",
        "Signature of Jonet Sallow",
    ]


def test_the_checker_does_find_an_untagged_document(tmp_path: Path) -> None:
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(595, 842)
    blank.save(tmp_path / "blank.pdf")
    assert faults(tmp_path / "blank.pdf") != []


def test_headings_come_in_order_and_skip_no_level(form: Form, tmp_path: Path) -> None:
    found = outline(report(poor_visit(form), form, tmp_path / "r.pdf"), "H1", "H2", "H3")
    levels = [int(kind[1]) for kind, _ in found]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))
    parts = [text for kind, text in found if kind == "H2"]
    assert parts == [
        "Outcome",
        "What must be done: 1 action",
        "Signed",
        "Why this outcome",
        "Actions",
        "Basis of the outcome",
        "Since last time",
        "What was found",
        "Photos",
        "Sign-off",
        "How this was rated",
    ]


def test_a_table_over_several_pages_is_one_table_with_one_head(form: Form, tmp_path: Path) -> None:
    _, *pages = structure(report(poor_visit(form, actions=120), form, tmp_path / "r.pdf"))
    parts = [table for tops in pages for table in _tables(tops) if "number" in table.all_text()]
    heads = [node.all_text() for part in parts for node in part.walk() if node.kind == "TH"]
    rows = [row for part in parts for row in part.kids if "number" in row.all_text()]
    assert len(parts) > 3, "the actions fill several pages"
    assert heads == ["Action", "Owner", "Priority", "Due", "Status"]
    assert len(rows) == 120
    assert {len(row.kids) for row in rows} == {5}


def test_a_picture_has_words(form: Form, tmp_path: Path) -> None:
    pages = structure(report(poor_visit(form), form, tmp_path / "r.pdf"))
    figures = [n for tops in pages for top in tops for n in top.walk() if n.kind == "Figure"]
    assert [figure.alternative for figure in figures] == ["Photo: The rota"]


def test_points_are_a_list(form: Form, tmp_path: Path) -> None:
    pages = structure(report(poor_visit(form), form, tmp_path / "r.pdf"))
    lists = [n for tops in pages for top in tops for n in top.walk() if n.kind == "L"]
    assert lists
    assert {kid.kind for found in lists for kid in found.kids} == {"LI"}


def test_page_numbers_and_the_mark_of_a_draft_are_not_read(form: Form, tmp_path: Path) -> None:
    view = poor_visit(form)
    view = replace(view, summary=replace(view.summary, status="draft"))
    pages = structure(report(view, form, tmp_path / "r.pdf"))
    read = " ".join(top.all_text() for tops in pages for top in tops)
    assert "DRAFT" not in read
    assert "Page 1 of" not in read
    assert "not signed off" in read


def _tables(tops: list[Node]) -> list[Node]:
    return [node for top in tops for node in top.walk() if node.kind == "Table"]


def spoken(path: Path) -> dict[str, str]:
    """The language of each text that stands in an element of its own, empty for the document's."""
    nodes = (node for page in structure(path) for top in page for node in top.walk())
    return {" ".join(node.text.split()): node.language for node in nodes if node.text.strip()}


def test_in_a_welsh_report_the_texts_of_the_form_are_english(form: Form, tmp_path: Path) -> None:
    choose_language("cy")
    try:
        said = spoken(report(poor_visit(form), form, tmp_path / "report.pdf"))
    finally:
        choose_language("en")
    for area in form.areas:
        assert said[area.title] == "en-GB"
    asked = [q.ask for q in form.questions.values() if q.ask in said]
    assert len(asked) > 3
    assert {said[text] for text in asked} == {"en-GB"}
    assert said["Not met"] == "en-GB"
    assert said["Canlyniad"] == ""
    assert said["Yr hyn a ganfuwyd"] == ""


def test_in_an_english_report_no_text_has_a_language_of_its_own(form: Form, tmp_path: Path) -> None:
    said = spoken(report(poor_visit(form), form, tmp_path / "report.pdf"))
    assert set(said.values()) == {""}
