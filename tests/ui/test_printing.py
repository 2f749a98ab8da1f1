"""A PDF is printed page by page, as large as the paper lets it be."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from tests.support.paper.visit_views import PRINTED_AT, full_view, small_form
from visitapp.reports.visit.report import write_visit_report
from visitapp.ui.printing import print_pdf


@pytest.fixture
def report(tmp_path: Path) -> Path:
    form = small_form()
    return write_visit_report(full_view(form), form, tmp_path / "report.pdf", printed_at=PRINTED_AT)


def printer(out: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(out))
    return made


def ink(file: Path, page: int) -> float:
    """How much of a page is not white."""
    with pypdfium2.PdfDocument(file) as document:
        grey = document[page].render(scale=0.5).to_pil().convert("L")
    return sum(grey.histogram()[:200]) / (grey.width * grey.height)


def test_every_page_is_printed_with_what_is_on_it(
    qapp: QApplication, report: Path, tmp_path: Path
) -> None:
    print_pdf(report, printer(tmp_path / "out.pdf"))
    with pypdfium2.PdfDocument(report) as given, pypdfium2.PdfDocument(tmp_path / "out.pdf") as out:
        assert len(out) == len(given)
    for page in range(2):
        assert ink(tmp_path / "out.pdf", page) == pytest.approx(ink(report, page), abs=0.02)


def test_only_the_pages_asked_for(qapp: QApplication, report: Path, tmp_path: Path) -> None:
    one = printer(tmp_path / "one.pdf")
    one.setFromTo(2, 2)
    print_pdf(report, one)
    with pypdfium2.PdfDocument(tmp_path / "one.pdf") as out:
        assert len(out) == 1
    assert ink(tmp_path / "one.pdf", 0) == pytest.approx(ink(report, 1), abs=0.02)
