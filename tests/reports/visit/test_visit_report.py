"""The report says what was found, why it is rated so, and what has to happen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from forms.model import Form
from tests.support.paper.visit_views import (
    NOT_MET,
    PREVIOUS_VISIT,
    PRINTED_AT,
    Print,
    make_action,
    make_evidence,
    make_last,
    make_review,
    make_view,
)
from visitapp.language import choose_language
from visitapp.reports.visit.report import write_visit_report


def test_first_page_names_the_setting_the_visit_and_the_outcome(
    form: Form, print_pages: Print
) -> None:
    first = print_pages(make_view(form, NOT_MET))[0]

    for said in (
        "Small quality visit",
        "Tansywick Lodge",
        "Residential care home · 24 beds · run by Pellowick Homes Ltd",
        "22 November 2026",
        "Risk-led",
        "Unannounced",
        "Health Protection",
        "Irena Kowalczewska",
        "Small quality visit, version 2026.7",
        "Red",
        "Closed to new",
        "New placements, decided as of",
        "A Red rating that stands closes the setting to new placements at once",
        "Safety & care is a critical area",
    ):
        assert said in first


def test_outcome_shows_percentage_and_coverage_of_the_engine(
    form: Form, print_pages: Print
) -> None:
    view = make_view(form, NOT_MET)
    first, *rest = print_pages(view)

    assert f"Score {view.outcome.percent}%" in first
    assert f"{view.outcome.coverage}% of the form was checked" in first
    assert view.outcome.because[0].text in first
    for reason in view.outcome.because + view.outcome.also:
        assert reason.text in " ".join(rest)


def test_what_would_change_the_outcome_names_question_and_value(
    form: Form, print_pages: Print
) -> None:
    view = make_view(form, NOT_MET)
    assert view.outcome.would_change

    first, second, *_ = print_pages(view)

    assert "if 1.1 becomes Met" in first
    assert "if 1.1 becomes Met" in second
    assert "1.1 Were all concerns referred within a day?" in second


def test_an_outcome_on_too_little_says_that_it_is_provisional(
    form: Form, print_pages: Print
) -> None:
    text = " ".join(print_pages(make_view(form, {"kind": {"value": "met"}})))

    assert "Provisional." in text
    assert "a firm outcome needs 70%" in text
    assert "Not answered, 1 Safety & care: 1.1, 1.2" in text


def test_unchecked_and_excluded_answers_are_listed_with_their_reasons(
    form: Form, print_pages: Print
) -> None:
    answers = {
        **NOT_MET,
        "kind": {"value": "not_checked", "reason": "Everybody was at the coast."},
        "referrals": {"value": "not_applicable", "reason": "No concern arose."},
    }
    text = " ".join(print_pages(make_view(form, answers)))

    assert "Not checked, 2.2 Are staff kind? Everybody was at the coast." in text
    assert "Not applicable, 1.1 Were all concerns referred within a day? No concern arose." in text


def test_a_sample_that_was_not_checked_is_named_by_its_label(
    form: Form, print_pages: Print
) -> None:
    answers = {**NOT_MET, "plans": {"value": "not_checked", "reason": "No time."}}
    text = " ".join(print_pages(make_view(form, answers)))
    assert "Not checked" in text
    assert "Reason: No time." in text
    assert "not_checked" not in text


def test_questions_show_answer_note_sample_and_evidence(form: Form, print_pages: Print) -> None:
    view = make_view(form, NOT_MET, evidence=[make_evidence("plans", "Review tracker")])
    text = " ".join(print_pages(view))

    for said in (
        "1.1 Were all concerns referred within a day? The fall of 2 October was referred",
        "Not met",
        "Sample: 3 of 5 (60%) met the standard",
        "Partly met",
        "Evidence: document, Review tracker",
        "4 minutes",
        "5 June 2027",
        "8 conversations: 4 people who use the service, 1 relative or friend and 3 members of",
    ):
        assert said in text


def test_a_question_that_does_not_apply_is_named_and_not_asked(
    form: Form, print_pages: Print
) -> None:
    text = " ".join(print_pages(make_view(form, NOT_MET)))
    assert "Does not apply here, so it was not asked: 1.3." in text
    assert "Is a nurse on every shift?" not in text

    asked = " ".join(print_pages(make_view(form, NOT_MET, service_type="nursing")))
    assert "Is a nurse on every shift?" in asked


def test_since_last_time_counts_moves_and_repeat_findings(form: Form, print_pages: Print) -> None:
    last = {
        "referrals": make_last(
            "referrals", {"value": "partly", "note": "Late twice."}, "Partly met", 2
        ),
        "kind": replace(
            make_last("kind", {"value": "not_met"}, "Not met", 1),
            evidence=["Talk with SU4"],
            actions=[make_action(title="Coach the night staff", status="in_progress")],
        ),
        "minutes": make_last("minutes", {"value": 3}, "Met (3 minutes)", 0),
    }
    view = make_view(form, NOT_MET, last_time=last, previous_visit_on=PREVIOUS_VISIT)
    text = " ".join(print_pages(view))

    for said in (
        "The previous visit was on 4 November 2025. It was Amber; this one is Red.",
        "1 answer got worse, 1 got better and 1 stayed the same.",
        "3 visits in a row, 1.1 Were all concerns referred within a day?",
        "Third visit in a row below Met.",
        "1.1 Were all concerns referred within a day? Partly met → Not met",
        "2.2 Are staff kind? Not met → Met",
        "4 Nov 2025: Partly met",
        "Late twice.",
        "Evidence then: Talk with SU4",
        "Action then: Coach the night staff. In progress, due 24 Nov 2026.",
    ):
        assert said in text
    assert text.count("visits in a row,") == 1


def test_a_first_visit_says_so(form: Form, print_pages: Print) -> None:
    assert "first signed-off visit to this setting" in " ".join(
        print_pages(make_view(form, NOT_MET))
    )


def test_actions_are_listed_soonest_first(form: Form, print_pages: Print) -> None:
    later = make_action(title="Review all plans", due_on=date(2026, 12, 20), priority="medium")
    late = make_action(title="Send the rota", due_on=date(2026, 11, 1), overdue_days=21)
    text = " ".join(print_pages(make_view(form, NOT_MET, actions=[later, make_action(), late])))

    places = [text.index(title) for title in ("Send the rota", "Refer the fall", "Review all")]
    assert places == sorted(places)
    for said in ("Immediate", "24 Nov 2026", "Registered manager", "Open", "21 days overdue"):
        assert said in text


def test_sign_off_and_review_are_printed_on_the_printers_clock(
    form: Form, print_pages: Print
) -> None:
    returned = make_review(
        decision="returned",
        comment="Which log was it?",
        at=datetime(2026, 11, 22, 16, 0, tzinfo=UTC),
    )
    text = " ".join(print_pages(make_view(form, NOT_MET, reviews=[make_review(), returned])))

    assert "Signed off by Irena Kowalczewska Signed off on 22 November 2026 at 14:31" in text
    assert "Returned by Bronwen Haleford on 22 November 2026 at 16:00 Which log was it?" in text
    assert text.index("Returned by") < text.index("Approved by Bronwen Haleford")
    assert "DRAFT" not in text


@pytest.mark.parametrize(("status", "said"), [("draft", "Draft."), ("returned", "Returned for")])
def test_an_open_visit_is_marked_on_every_page(
    form: Form, print_pages: Print, status: str, said: str
) -> None:
    pages = print_pages(make_view(form, NOT_MET, status=status))

    assert said in pages[0]
    assert all("DRAFT" in page for page in pages)
    assert "Not signed off." in " ".join(pages)


def test_every_page_has_its_number_the_total_and_the_visit(form: Form, print_pages: Print) -> None:
    view = make_view(form, NOT_MET)
    pages = print_pages(view)

    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert f"Tansywick Lodge · visit {view.summary.id}" in page


def test_the_rating_rules_and_the_form_digest_are_printed(form: Form, print_pages: Print) -> None:
    text = " ".join(print_pages(make_view(form, NOT_MET)))

    for said in (
        "Green from 80%, Amber from 60% and Red from 0%",
        "When 1 or more areas are Red, the outcome is Amber at best.",
        "Critical here: Safety & care.",
        f"Form {form.title}, version 2026.7, digest {form.digest}.",
        "Printed on 22 November 2026 at 17:05.",
    ):
        assert said in text


def test_a_report_in_welsh_says_that_it_is(form: Form, tmp_path: Path) -> None:
    choose_language("cy")
    try:
        view = make_view(form, NOT_MET)
        out = write_visit_report(view, form, tmp_path / "r.pdf", printed_at=PRINTED_AT)
    finally:
        choose_language("en")
    with pypdfium2.PdfDocument(out) as document:
        title = document.get_metadata_dict()["Title"]
    assert title == "Adroddiad ymweliad: Tansywick Lodge, 22 Tachwedd 2026"
    assert b"/Lang (cy)" in out.read_bytes()


def test_the_file_has_a_title_a_language_and_an_outline(form: Form, tmp_path: Path) -> None:
    view = make_view(form, NOT_MET)
    out = write_visit_report(view, form, tmp_path / "new" / "r.pdf", printed_at=PRINTED_AT)

    with pypdfium2.PdfDocument(out) as document:
        about = document.get_metadata_dict()
        entries = [mark.get_title() for mark in document.get_toc()]
    assert about["Title"] == "Visit report: Tansywick Lodge, 22 November 2026"
    assert about["Author"] == "Irena Kowalczewska"
    assert b"/Lang (en-GB)" in out.read_bytes()
    assert entries == [
        *("Outcome", "What must be done", "Signed", "Why this outcome"),
        *("Actions", "Basis of the outcome", "Since last time", "What was found"),
        *("1 Safety & care", "2 What people say", "Sign-off", "How this was rated"),
    ]


def test_outline_entries_lead_to_the_page_of_their_heading(form: Form, tmp_path: Path) -> None:
    long = make_view(form, {**NOT_MET, "referrals": {"value": "not_met", "note": "word " * 2000}})
    out = write_visit_report(long, form, tmp_path / "r.pdf", printed_at=PRINTED_AT)

    with pypdfium2.PdfDocument(out) as document:
        pages = {}
        for mark in document.get_toc():
            place = mark.get_dest()
            assert place is not None
            pages[mark.get_title()] = place.get_index()
        assert pages["Outcome"] == 0
        assert pages["Sign-off"] >= len(document) - 2
        assert pages["1 Safety & care"] < pages["2 What people say"]


def test_a_signed_report_can_be_printed_again_over_itself(form: Form, tmp_path: Path) -> None:
    view = make_view(form, NOT_MET)
    out = tmp_path / "report.pdf"
    for officer in ("First Officer", "Second Officer"):
        summary = replace(view.summary, officer=officer)
        write_visit_report(replace(view, summary=summary), form, out, printed_at=PRINTED_AT)

    with pypdfium2.PdfDocument(out) as document:
        assert document.get_metadata_dict()["Author"] == "Second Officer"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_actions_come_before_the_questions_and_owners_only_where_one_is_named(
    form: Form, print_pages: Print
) -> None:
    nobody = [make_action(owner=""), make_action(owner="", title="Train the night staff")]
    pages = print_pages(make_view(form, NOT_MET, actions=nobody))
    text = " ".join(pages)
    assert text.index("Train the night staff") < text.index("What was found")
    assert "Owner" not in text
    assert "Not named" not in text
    assert form.id not in text
    some = [make_action(owner=""), make_action(owner="Registered manager")]
    assert "Owner" in " ".join(print_pages(make_view(form, NOT_MET, actions=some)))
