"""A notice on paper: what its audience was told, tagged for a screen reader."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2

from tests.support.paper.pdf_structure import outline
from tests.support.paper.pdfs import read_page
from tests.support.paper.visit_views import PRINTED_AT
from visitapp.records import NoticeState
from visitapp.reports.notice.notice import write_notice
from visitapp.services.notices.notices import NoticeView

CLOSED = "No new placements at Alder House from 22 November 2026. People living there stay."
MOVED = "Alder House moved from Amber to Red on 22 November 2026."


def test_it_says_what_the_audience_was_told(tmp_path: Path) -> None:
    notice = NoticeView(
        id="n1",
        setting_id="s1",
        setting="Alder <House>",
        event="position_closed",
        audience_id="brokerage",
        audience="Brokerage",
        district="North",
        text=f"{CLOSED}\n{MOVED}",
        made_at=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
        state=NoticeState.UNADDRESSED.value,
        recipients=0,
        sent_at=None,
        error="",
    )
    out = write_notice(notice, tmp_path / "notice.pdf", printed_at=PRINTED_AT)
    with pypdfium2.PdfDocument(out) as document:
        text = read_page(document, 0)
        title = document.get_metadata_value("Title")
    for told in ("Alder <House>", "Brokerage", "North", CLOSED, MOVED, "No e-mail address"):
        assert told in text
    assert title == "Notice: Alder <House>, 22 November 2026"
    assert [kind for kind, _ in outline(out, "H1", "H2")] == ["H1", "H2"], "tagged"
