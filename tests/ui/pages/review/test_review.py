"""Review: what changed since the last visit, then one of two decisions."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.forms.answers import best_answers
from tests.support.window.screens import Screen
from tests.support.window.windows import Desktop
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.ui.dialogs.visits.return_visit import ReturnDialog
from visitapp.ui.pages.review.changes import changes
from visitapp.ui.shell.routes import Route


@pytest.fixture
def signed(services: Services, visit_id: str) -> str:
    """The second visit: one answer better than in June, one worse."""
    answers = best_answers(services.visits.form(visit_id))
    answers["registered_manager"] = {"value": "partly", "note": "Interim until January."}
    services.visits.answer_all(visit_id, answers)
    services.visits.sign_off(visit_id)
    return visit_id


@pytest.fixture
def as_lead(services: Services, signed: str) -> str:
    """The person at this laptop leads the team and did not make the visits; the officer's id."""
    officer = services.me().id
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    return officer


def test_what_changed_is_worked_out(services: Services, signed: str) -> None:
    found = changes(services.visits.view(signed), services.visits.form(signed))
    moved = {change.question.id: change for change in found if change.moved}
    assert set(moved) == {"registered_manager", "provider_oversight"}
    worse, better = moved["registered_manager"], moved["provider_oversight"]
    assert worse.before is not None
    assert worse.now is not None
    assert (worse.before.label, worse.now.label) == ("Met", "Partly met")
    assert better.before is not None
    assert better.now is not None
    assert (better.before.label, better.now.label) == ("Partly met", "Met")


def test_the_page_shows_both_values_and_the_note(desktop: Desktop, signed: str) -> None:
    desktop.window.go(Route("review", signed))
    said = desktop.review.said
    assert any(text.endswith("Partly met") for text in said)
    assert any("Interim until January." in text for text in said)
    assert "What changed since the last visit, 1 Jun 2026" in said


def test_an_officer_reads_why_they_cannot_decide(desktop: Desktop, signed: str) -> None:
    desktop.window.go(Route("review", signed))
    assert not desktop.review.offers("Approve")
    assert not desktop.review.offers("Return with comments")
    assert "Only a team lead can approve or return a visit." in desktop.review.said


def test_a_decision_that_is_not_allowed_says_so(
    desktop: Desktop, signed: str, as_lead: str
) -> None:
    desktop.window.go(Route("review", signed))
    become(desktop.services, as_lead)
    desktop.review.click("Approve")
    desktop.until(lambda: desktop.message() != "")
    assert desktop.services.visits.view(signed).summary.status == "signed_off"


def test_a_return_needs_a_comment_and_opens_the_visit_again(
    desktop: Desktop, signed: str, as_lead: str
) -> None:
    desktop.window.go(Route("review", signed))
    desktop.review.click("Return with comments")
    dialog = desktop.dialog(ReturnDialog)
    assert desktop.focus == "What needs another look", "the caret is where one types"
    Screen(desktop, dialog).click("Return the visit")
    assert "Say in the comment" in dialog.messages.text()
    dialog.comment.setFocus()
    desktop.type("Which audit was this?")
    Screen(desktop, dialog).click("Return the visit")
    view = desktop.services.visits.view(signed)
    assert view.summary.status == "returned"
    assert view.reviews[0].comment == "Which audit was this?"
    become(desktop.services, as_lead)
    desktop.open_visit(signed)
    desktop.press("1")
    assert desktop.services.visits.view(signed).answers["registered_manager"].value == "met"
