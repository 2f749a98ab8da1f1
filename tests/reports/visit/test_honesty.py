"""What the paper says besides the outcome: levels, results, second looks, what was kept aside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from forms.catalogue.read import read_form
from forms.model import Form
from tests.support.paper.pdfs import read_page
from tests.support.paper.visit_views import (
    FORM,
    NOT_MET,
    PREVIOUS_VISIT,
    PRINTED_AT,
    Print,
    make_view,
)
from visitapp.reports.visit.report import write_visit_report
from visitapp.services.views.form_upgrade import KeptAside
from visitapp.services.views.risk import FilledAnswer, Override
from visitapp.services.views.visits import VisitView

BANDS = """bands:
  - {rag: green, from: 80}
  - {rag: amber, from: 60}
  - {rag: red, from: 0}
"""
LEVELS = """levels:
  - {id: good, label: Good enough, rag: green}
  - {id: weak, label: Needs <work>, rag: amber}
  - {id: poor, label: Poor indeed, rag: red}
bands: [{level: good, from: 80}, {level: weak, from: 60}, {level: poor, from: 0}]
results:
  - {id: quality, title: Quality, areas: [safety]}
  - {id: voice, title: Voice & views, areas: [views]}
"""


@pytest.fixture
def levelled() -> Form:
    """The small form on levels of its own, with two results."""
    text = FORM.replace(BANDS, LEVELS).replace("areas: red,", "areas: poor,")
    text = text.replace("overall: amber}", "overall: weak}").replace(
        "{not_met: red}", "{not_met: poor}"
    )
    return read_form(text, "levelled.yaml")


def printed(view: VisitView, form: Form, tmp_path: Path) -> str:
    out = write_visit_report(view, form, tmp_path / "report.pdf", printed_at=PRINTED_AT)
    with pypdfium2.PdfDocument(out) as document:
        return " ".join(read_page(document, number) for number in range(len(document)))


def test_levels_and_results_are_printed_in_their_own_words(levelled: Form, tmp_path: Path) -> None:
    view = make_view(levelled, NOT_MET)
    assert [result.level for result in view.outcome.results] == ["poor", "good"]
    text = printed(view, levelled, tmp_path)
    for said in (
        "Poor indeed (Red)",
        "Good enough (Green)",
        "Voice & views",
        "Levels: Good enough means Green, Needs <work> means Amber and Poor indeed",
        "Good enough from 80%, Needs <work> from 60% and Poor indeed from 0%.",
        "When 1 or more areas are Poor indeed, the outcome is Needs <work> at best.",
    ):
        assert said in text, said


@pytest.mark.parametrize("second", ["Good enough", "Better still"])
def test_the_best_outcome_is_the_best_level(levelled: Form, tmp_path: Path, second: str) -> None:
    """A level that stands for Green is not the best there is where a better one does too."""
    best = replace(levelled.levels[0], id="best", label="Better still")
    form = replace(levelled, levels=(best, *levelled.levels)) if second == best.label else levelled
    met = {**NOT_MET, "referrals": {"value": "met"}, "plans": {"checked": 5, "met": 5}}
    view = make_view(levelled, met)
    assert (view.outcome.overall, view.outcome.level) == ("green", "good")
    said = "Good enough is the best possible outcome."
    assert (said in printed(view, form, tmp_path)) == (second == "Good enough")


def test_second_looks_and_what_was_kept_aside_are_printed(form: Form, print_pages: Print) -> None:
    kept = KeptAside(
        question="roof",
        number="9.1",
        ask="Is the roof sound?",
        answer="Met",
        note="Seen & dry.",
        reason="",
        evidence=["Survey"],
        why="gone",
    )
    view = make_view(form, NOT_MET, warnings=["One note <twice>."], kept_aside=[kept])
    text = " ".join(print_pages(view))
    assert "Worth a second look \u2022 One note <twice>." in text
    assert "9.1 Is the roof sound? Met; Seen & dry.; Survey" in text
    assert "Not counted: this version does not ask this question." in text
    assert "Answers kept" not in " ".join(print_pages(make_view(form, NOT_MET)))


def test_what_became_of_questions_left_last_time(form: Form, print_pages: Print) -> None:
    answers = {**NOT_MET, "kind": {"value": "not_checked", "reason": "Nobody in."}}
    left = ["referrals", "nurse", "kind"]
    view = make_view(form, answers, previous_visit_on=PREVIOUS_VISIT, not_checked_last_time=left)
    text = " ".join(print_pages(view))
    for said in (
        "1.1 Were all concerns referred within a day? Now: Not met",
        "1.3 Is a nurse on every shift? Does not apply now",
        "2.2 Are staff kind? Still: Not checked",
    ):
        assert said in text, said


def test_sources_and_overrides_are_printed_with_their_day(form: Form, print_pages: Print) -> None:
    said = FilledAnswer(
        question="kind", value="not_met", origin="The <visit> of June.", at=date(2026, 6, 1)
    )
    agreed = FilledAnswer(
        question="referrals", value="not_met", origin="The log.", at=date(2026, 5, 2)
    )
    override = Override(question="kind", value="met", reason="Seen & heard.", filled=said)
    view = make_view(form, NOT_MET, filled=[agreed, said], overridden=[override])
    text = " ".join(print_pages(view))
    for line in (
        "Overridden. The records say Not met, as of 1 Jun 2026: The <visit> of June.",
        "From the records, as of 2 May 2026: The log.",
        "2.2 Are staff kind? Met instead of Not met. Reason: Seen & heard.",
    ):
        assert line in text, line
