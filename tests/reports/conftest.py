"""The small form, and a printer that gives back what a reader of the PDF finds in it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from forms.model import Form
from tests.support.paper.pdfs import read_page
from tests.support.paper.visit_views import PRINTED_AT, Print, small_form
from visitapp.reports.visit.report import write_visit_report
from visitapp.services.views.visits import VisitView


@pytest.fixture(scope="session")
def form() -> Form:
    return small_form()


@pytest.fixture
def print_pages(form: Form, tmp_path: Path) -> Print:
    """Print a visit and read back the text of its pages, each on one line."""

    def run(view: VisitView) -> list[str]:
        out = write_visit_report(view, form, tmp_path / "report.pdf", printed_at=PRINTED_AT)
        with pypdfium2.PdfDocument(out) as document:
            return [read_page(document, number) for number in range(len(document))]

    return run
