"""The sheet that stays with the manager, and the form on paper: complete, short, and tagged."""

from __future__ import annotations

from pathlib import Path

import page
import pypdfium2
import pytest

from forms.catalogue.catalogue import FormSummary, shipped
from forms.model import Form
from tests.support.paper.pdfs import read_page
from tests.support.paper.visit_views import (
    COUNCIL,
    NOT_MET,
    PRINTED_AT,
    full_view,
    make_view,
)
from visitapp.reports.visit.blank_form import write_blank_form
from visitapp.reports.visit.report import write_handover_sheet

LIBRARY = shipped()


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [read_page(document, number) for number in range(len(document))]


def faults(path: Path) -> list[str]:
    found = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1).failures
    return [f"{fault.rule_id}: {fault.message}" for fault in found]


def test_the_handover_sheet_is_page_1_alone(form: Form, tmp_path: Path) -> None:
    out = write_handover_sheet(full_view(form), form, tmp_path / "h.pdf", printed_at=PRINTED_AT)
    [text] = pages(out)
    for said in ("Red", "Summary", "What must be done: 6 actions", "Your right to reply."):
        assert said in text
    assert faults(out) == []


def test_a_handover_sheet_before_sign_off_says_that_it_is_a_draft(
    form: Form, tmp_path: Path
) -> None:
    view = make_view(form, NOT_MET, status="draft")
    out = write_handover_sheet(view, form, tmp_path / "h.pdf", printed_at=PRINTED_AT)
    assert "DRAFT" in pages(out)[0]


@pytest.mark.parametrize("summary", LIBRARY.summaries(), ids=lambda summary: summary.id)
def test_every_form_can_be_filled_in_by_pen(summary: FormSummary, tmp_path: Path) -> None:
    form = LIBRARY.form(summary.id, summary.version)
    out = write_blank_form(form, "Heather Bank", COUNCIL, tmp_path / "b.pdf", printed_at=PRINTED_AT)
    text = " ".join(pages(out))
    missing = [q.number for q in form.questions.values() if q.ask.split()[0] not in text]
    assert missing == []
    assert "Heather Bank" in text
    assert faults(out) == []
