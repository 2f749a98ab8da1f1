"""The Need to Know note: one page, whatever the record holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from tests.support.paper.pdfs import read_page
from visitapp.reports.concerns.need_to_know import Said, Standing, write_need_to_know
from visitapp.services.concerns.views import ConcernRow, ConcernUpdateView, ConcernView

AT = datetime(2026, 11, 24, 10, 20, tzinfo=UTC)
STANDING = Standing(rating="Amber", position="Open", regulator="Good", others=3)


def a_view(*, long: bool = False, restricted: bool = False) -> ConcernView:
    text = "She fell on the stairs at night. " * (400 if long else 1)
    updates = [
        ConcernUpdateView(at=AT, by="Ann", kind="note", text=f"Entry {n}. {text}", told=told)
        for n in range(40 if long else 1)
        for told in ("", "Director")
    ]
    row = ConcernRow(
        id="c1",
        setting_id="s1",
        setting="Heather Bank",
        provider_id="p1",
        provider="Moorland Homes Ltd",
        kind="serious_incident",
        source="provider",
        severity="4",
        themes=["falls"],
        title="A fall" if not long else "A fall " * 28,
        person="P31",
        received_at=AT,
        happened_on=date(2026, 11, 23),
        status="open",
        decision="",
        restricted=restricted,
        handler="",
        reference="",
        next_stage="noted",
        next_due=None,
        late=False,
    )
    return ConcernView(
        row=row,
        text=text,
        logged_by="Ann",
        visit_id=None,
        question="",
        reply="",
        reason="",
        lesson="",
        harm="severe",
        causes="",
        investigator="",
        learned="",
        checked_visit_id="",
        reopened=0,
        restricted_to=[],
        repeat_of_id="",
        repeat_of="",
        repeated_by=[],
        actions=[],
        evidence=[],
        limits=[],
        updates=updates,
    )


def printed(view: ConcernView, said: Said, out: Path) -> list[str]:
    write_need_to_know(view, STANDING, said, out, author="Ann Doe", printed_at=AT)
    with pypdfium2.PdfDocument(out) as document:
        return [read_page(document, number) for number in range(len(document))]


def test_it_says_what_a_director_needs(tmp_path: Path) -> None:
    said = Said(decisions="Stop admissions?", agencies="Police told", next_update="17:00")
    (page,) = printed(a_view(), said, tmp_path / "note.pdf")
    for told in (
        *("Need to Know", "Serious incident", "A fall", "Heather Bank", "P31", "Severe"),
        *("Director (Ann)", "Amber", "Stop admissions?", "Police told", "17:00", "Ann Doe"),
    ):
        assert told in page


@pytest.mark.parametrize("restricted", [False, True])
def test_it_is_one_page_however_much_there_is(tmp_path: Path, restricted: bool) -> None:
    long = "Long words of an author. " * 200
    said = Said(decisions=long, agencies=long, media=long, next_update="Tomorrow")
    pages = printed(a_view(long=True, restricted=restricted), said, tmp_path / "note.pdf")
    assert len(pages) == 1
    assert "37 earlier entries are in the record." in pages[0]
    assert "Entry 39." in pages[0]
    assert ("Restricted." in pages[0]) is restricted


def test_what_fits_is_not_cut(tmp_path: Path) -> None:
    view = a_view()
    text = "She lay on the floor from two until the day shift came. " * 20
    (page,) = printed(msgspec.structs.replace(view, text=text), Said(), tmp_path / "note.pdf")
    assert page.count("day shift") == 20
    assert "\u2026" not in page
