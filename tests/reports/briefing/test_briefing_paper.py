"""The briefing on paper: one tagged page, whatever the records hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest

from tests.support.paper.pdfs import read_page
from visitapp.reports.briefing.briefing import write_briefing
from visitapp.services.briefing.briefing import ACTIONS, ASKED, CHANGES, FIRST
from visitapp.services.briefing.views import (
    AskFor,
    Briefing,
    BriefingAction,
    BriefingChange,
    BriefingFact,
    LookFirst,
)

AT = datetime(2026, 11, 24, 10, 20, tzinfo=UTC)


def a_briefing(*, long: bool) -> Briefing:
    text = "She fell on the stairs at night. " * (40 if long else 1)
    many = 1 if not long else 10
    return Briefing(
        setting_id="s1",
        setting="Heather Bank " * (9 if long else 1),
        provider="Moorland Homes Ltd",
        draft_id=None,
        visit="Risk-led visit planned for 24 Nov 2026",
        made_at=AT,
        synced_at=AT,
        last_visit=date(2026, 6, 1),
        standing=[
            BriefingFact(label="Placements", value="Open", note=text) for _ in range(min(many, 5))
        ],
        changes=[BriefingChange(day=date(2026, 11, 3), what=text, detail=text)]
        * min(many, CHANGES),
        left_out=3,
        unchanged=["Beds 32"] * many,
        theme_days=183,
        themes=[("Medicines", 3)] * min(many, 5),
        clusters=[text] * min(many, 3),
        plan="3 to verify",
        actions=[BriefingAction(id="a", title=text, state="2 days late", late=True)]
        * min(many, ACTIONS),
        look_first=[LookFirst(question="q", number="1.2", ask=text, why="Partly met")]
        * min(many, FIRST),
        answers_here=True,
        left_first=4,
        ask_for=[AskFor(role="Manager", name="Ilse Brannock", phone="01632 960000")]
        * min(many, ASKED),
    )


@pytest.mark.parametrize("long", [False, True])
def test_it_is_one_tagged_page(tmp_path: Path, long: bool) -> None:
    out = write_briefing(a_briefing(long=long), tmp_path / "briefing.pdf", printed_at=AT)
    pdf = pypdfium2.PdfDocument(out)
    assert (len(pdf), pdf.is_tagged()) == (1, True)
    pdf.close()


def test_it_says_what_changed_and_whom_to_ask(tmp_path: Path) -> None:
    out = write_briefing(a_briefing(long=False), tmp_path / "briefing.pdf", printed_at=AT)
    pdf = pypdfium2.PdfDocument(out)
    text = " ".join(read_page(pdf, 0).split())
    pdf.close()
    for part in (
        "What changed since the last visit, 1 June 2026",
        "She fell on the stairs at night.",
        "3 earlier changes are in the record. No change: Beds 32.",
        "1.2",
        "Ilse Brannock, Manager, 01632 960000",
        "for the council only",
    ):
        assert part in text
