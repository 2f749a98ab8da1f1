"""Letters of the ladder and the list of people, as tagged papers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2

from tests.support.paper.pdfs import read_page
from visitapp.reports.escalation.letter import write_letter
from visitapp.reports.escalation.people import write_people
from visitapp.services.escalation.views import EntryView, LetterView, PeopleView, PersonView

DAY = date(2026, 11, 24)


def texts(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    assert b"/StructTreeRoot" in path.read_bytes()
    return "\n".join(read_page(document, number) for number in range(len(document)))


def test_a_letter_says_what_the_template_says(tmp_path: Path) -> None:
    view = LetterView(
        title="Default notice",
        setting="Heather Bank",
        addressee=("Moorland Homes Ltd", "Heather Bank"),
        on=DAY,
        reference="Contract C-12, clause 14.2",
        paragraphs=("What you did or did not do: <late> & twice", "Remedy it by 22 Dec 2026."),
        signatory="Max Doe",
    )
    said = texts(write_letter(view, tmp_path / "letter.pdf"))
    for part in (
        *("Default notice", "Contract C-12, clause 14.2", "Moorland Homes Ltd"),
        *("<late> & twice", "22 Dec 2026", "Max Doe", "Served how"),
    ):
        assert part in said


def a_person(number: int, **more: object) -> PersonView:
    given: dict[str, object] = {
        "id": str(number),
        "setting_id": "s",
        "person": f"P{number}",
        "needs": "Two carers and a hoist for every move",
        "critical": "Insulin at 8",
        "funder": "council",
        "funder_word": "This council",
        "alternatives": "Rowan House",
        "moved_on": None,
        "moved_to": "",
        "off_list": "",
    }
    return PersonView(**{**given, **more})  # type: ignore[arg-type]  # by name


def test_the_list_of_people_is_whole_on_paper(tmp_path: Path) -> None:
    people = (
        *(a_person(number) for number in range(40)),
        a_person(40, moved_on=DAY, moved_to="Hazel Court"),
        a_person(41, off_list="Went home"),
    )
    log = EntryView(
        id="n",
        on=DAY,
        by="Max Doe",
        rung="loss_of_provider",
        turn="",
        title="Log: loss of provider",
        lines=("Keys with the duty manager",),
        letter="",
        set_aside=False,
    )
    view = PeopleView(
        setting_id="s",
        setting="Heather Bank",
        people=people,
        moved=1,
        total=41,
        by_funder=(("This council", 41),),
        log=(log,),
    )
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    said = texts(write_people(view, tmp_path / "people.pdf", printed_at=at))
    assert "1 of 41" in said
    assert all(f"P{number}" in said for number in range(42))
    for part in ("Hazel Court", "Went home", "Keys with the duty manager", "Personal data"):
        assert part in said
