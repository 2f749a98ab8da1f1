"""The review on paper: decisions and comments, which the report for the provider does not have."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2

from forms.model import Form
from tests.support.paper.pdfs import read_page
from tests.support.paper.visit_views import PRINTED_AT, Print, make_review, make_view
from visitapp.reports.visit.review_sheet import write_review_sheet
from visitapp.services.views.visits import CommentView

ANSWERS = {"referrals": {"value": "partly", "note": "One of five was late."}}


def comment(text: str, question: str = "referrals") -> CommentView:
    return CommentView(
        id=text,
        question=question,
        number="1.1",
        text=text,
        by="Lee Park",
        at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        reply_to=None,
        mine=False,
    )


def test_the_sheet_has_the_comments_and_the_report_none(
    form: Form, print_pages: Print, tmp_path: Path
) -> None:
    said = [comment("Which <b>referral</b> was this?"), comment("Of an older form", "gone")]
    view = make_view(form, ANSWERS, comments=said, reviews=[make_review(comment="Seen it")])
    out = write_review_sheet(view, form, tmp_path / "sheet.pdf", printed_at=PRINTED_AT)
    with pypdfium2.PdfDocument(out) as document:
        sheet = " ".join(read_page(document, number) for number in range(len(document)))
    for told in ("Which <b>referral</b> was this?", "Of an older form", "Partly met", "Seen it"):
        assert told in sheet
    report = " ".join(print_pages(view))
    assert "Seen it" in report
    assert "Which" not in report
    assert "Of an older form" not in report
