"""Every form of the library is printed whole: read back, its title, outcome and areas are there."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from forms.catalogue.catalogue import FormSummary, shipped
from tests.support.forms.answers import best_answers
from tests.support.paper.pdfs import read_page
from tests.support.paper.visit_views import PRINTED_AT, make_view
from visitapp.reports.visit.report import write_visit_report

LIBRARY = shipped()


@pytest.mark.parametrize("summary", LIBRARY.summaries(), ids=lambda summary: summary.id)
def test_a_form_is_printed_with_its_title_outcome_and_areas(
    summary: FormSummary, tmp_path: Path
) -> None:
    form = LIBRARY.form(summary.id, summary.version)
    view = make_view(form, best_answers(form), service_type=form.applies_to[0])
    out = write_visit_report(view, form, tmp_path / "report.pdf", printed_at=PRINTED_AT)

    with pypdfium2.PdfDocument(out) as document:
        pages = [read_page(document, number) for number in range(len(document))]
        outline = [mark.get_title() for mark in document.get_toc()]
    text = " ".join(pages)
    assert form.title in pages[0]
    assert view.outcome.overall == "green", "answered as well as can be"
    assert "Green" in pages[0]
    assert f"Score {view.outcome.percent}%" in pages[0]
    for area in form.areas:
        assert area.title in text
        assert f"{area.number} {area.title}" in outline
    for result in view.outcome.results:
        assert result.title in text
    for level in form.levels:
        assert f"{level.label} means" in text
    assert ("A higher score is a lower risk." in pages[0]) == (form.kind == "risk")
