"""The paper of a blind visit: no outcome in a draft, and how it was made in the signed report."""

from __future__ import annotations

from msgspec.structs import replace

from forms.model import Form
from tests.support.paper.visit_views import NOT_MET, Print, make_view
from visitapp.services.views.visits import VisitView
from visitapp.services.visits.blind import hidden_outcome

HIDDEN = "The outcome is hidden until all questions are answered."


def draft(form: Form) -> VisitView:
    view = make_view(form, NOT_MET, status="draft")
    return replace(view, blind=True, hidden=True, outcome=hidden_outcome(view.outcome))


def test_a_draft_has_the_sentence_and_no_outcome(form: Form, print_pages: Print) -> None:
    said = " ".join(print_pages(draft(form)))
    assert HIDDEN in said
    for told in ("Why this outcome", "What would change it", "Score", "The areas", "this one is"):
        assert told not in said, told
    assert "Not met" in said, "answers are the officer's own, and stay"


def test_the_signed_report_says_how_it_was_made(form: Form, print_pages: Print) -> None:
    view = make_view(form, NOT_MET)
    hidden = "The outcome was hidden until all questions were answered."
    late = "The outcome was hidden after the first 3 answers, until all questions were answered."
    assert hidden not in " ".join(print_pages(view))
    assert hidden in " ".join(print_pages(replace(view, blind=True)))
    assert late in " ".join(print_pages(replace(view, blind=True, answered_before=3)))
