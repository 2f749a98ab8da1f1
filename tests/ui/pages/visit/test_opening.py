"""Where a visit opens, a visit that was returned, and one that is discarded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import signed_off_visit
from tests.support.directory.cqc import LARCH
from tests.support.forms.answers import best_answers
from tests.support.window.screens import Screen
from tests.support.window.visit_screen import DiscardVisitScreen
from tests.support.window.windows import Desktop
from visitapp.records import Role
from visitapp.services.services import Services

ESC, ENTER = Qt.Key.Key_Escape, Qt.Key.Key_Return


def test_a_visit_opens_where_it_was_left(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    for key in (Qt.Key.Key_PageDown, "j", "j"):
        desktop.press(key)
    left = screen.current
    desktop.open_portfolio()
    desktop.open_visit(visit_id)
    assert screen.current == left
    assert desktop.reopened_preferences().place(visit_id) == left


def test_after_another_visit_and_a_new_start_it_opens_there_too(
    desktop: Desktop, visit_id: str, heather: str
) -> None:
    screen = desktop.open_visit(visit_id, "staffing_enough_now")
    other = desktop.services.visits.start(heather, "medicines-audit", "themed").id
    desktop.open_visit(other)
    desktop.open_visit(visit_id)
    assert screen.current == "staffing_enough_now"


def test_a_visit_that_was_never_opened_here_opens_at_the_first_unanswered(
    desktop: Desktop, visit_id: str
) -> None:
    desktop.services.visits.answer(visit_id, "registered_manager", value="met")
    assert desktop.open_visit(visit_id).current == "provider_oversight"


def test_the_list_of_areas_shows_the_area_that_is_open(desktop: Desktop, visit_id: str) -> None:
    desktop.window.resize(1024, 600)
    last = desktop.services.visits.form(visit_id).areas[-1].questions[0].id
    screen = desktop.open_visit(visit_id, last)
    desktop.until(screen.area_in_view)
    for _ in desktop.services.visits.form(visit_id).areas[1:]:
        desktop.press(Qt.Key.Key_PageUp)
        desktop.until(screen.area_in_view)
    assert screen.current == desktop.services.visits.form(visit_id).areas[0].questions[0].id


@pytest.fixture
def returned(desktop: Desktop, visit_id: str) -> str:
    """A visit that a team lead returned."""
    services = desktop.services
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    services.visits.sign_off(visit_id)
    officer = services.me().id
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    comment = "Poor on 4.3 has no action. Why? See also 1.2 and version 2026.1."
    services.reviews.return_(visit_id, comment)
    become(services, officer)
    return visit_id


def test_one_key_leads_from_a_returned_visit_to_the_question_that_is_named(
    desktop: Desktop, returned: str
) -> None:
    screen = desktop.open_visit(returned)
    assert desktop.focus == "Go to 4.3"
    desktop.press(Qt.Key.Key_Return)
    form = desktop.services.visits.form(returned)
    assert form.questions[screen.current].number == "4.3"


def test_a_returned_visit_opens_with_the_lead_s_words_and_a_way_to_each_question(
    desktop: Desktop, returned: str
) -> None:
    screen = desktop.open_visit(returned)
    assert "Poor on 4.3 has no action. Why?" in screen.returned_text
    questions = {q.number: q.id for q in desktop.services.visits.form(returned).questions.values()}
    for number in ("4.3", "1.2"):
        screen.go_named(number)
        assert screen.current == questions[number]
    desktop.services.visits.sign_off(returned)
    desktop.open_visit(returned)
    assert screen.returned_text == ""


def test_a_visit_started_by_mistake_is_discarded_and_brought_back(
    desktop: Desktop, visit_id: str, heather: str
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("3")
    screen.discard()
    dialog = DiscardVisitScreen(desktop)
    dialog.press("Discard the visit")
    assert "Say why the visit is discarded." in dialog.message
    dialog.fill("Reason", "Started at the wrong home")
    dialog.press("Discard the visit")
    assert not dialog.is_open
    assert desktop.services.visits.list(setting_id=heather, status="draft") == []
    desktop.undo_toast()
    assert screen.current == "registered_manager"
    assert screen.chosen("registered_manager") == "Not met"


def test_the_side_counts_a_returned_visit(desktop: Desktop, returned: str) -> None:
    desktop.press("1", Qt.KeyboardModifier.ControlModifier)
    desktop.until(lambda: Screen(desktop, desktop.window).offers("Visits, 1"))


def test_a_returned_visit_comes_first_in_the_list(
    desktop: Desktop, returned: str, heather: str
) -> None:
    newer = desktop.services.visits.start(heather, "residential-quality").id
    desktop.press("2", Qt.KeyboardModifier.ControlModifier)
    desktop.until(lambda: newer in [row.id for row in desktop.visits.table.rows])
    assert desktop.visits.table.rows[0].id == returned


def test_a_returned_visit_cannot_be_discarded(desktop: Desktop, returned: str) -> None:
    assert not desktop.open_visit(returned).can_discard


def test_an_outcome_of_few_answers_says_nothing_of_placements(
    desktop: Desktop, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    for key in ("1", "j", "1"):
        desktop.press(key)
    assert screen.outcome == "green"
    assert "Green so far" in screen.panel_text
    assert "Placements need a decision" not in screen.panel_text
    assert screen.outcome_is_faint
    form = desktop.services.visits.form(visit_id)
    desktop.services.visits.answer_all(visit_id, best_answers(form))
    desktop.open_visit(visit_id)
    assert "Placements need a decision" in screen.panel_text
    assert not screen.outcome_is_faint


WHEN = "This takes effect when a team lead approves the visit."
LATER = "The rating of a later visit stands. This visit does not change it."


def rag_of(services: Services, setting: str) -> str:
    return next(row.rag for row in services.portfolio.rows() if row.setting_id == setting)


def test_a_first_green_says_that_it_stands_only_once_approved(
    desktop: Desktop, services: Services
) -> None:
    (larch,) = [r.setting_id for r in services.portfolio.rows() if r.name == LARCH.name]
    visit = services.visits.start(larch, "residential-quality").id
    services.visits.answer_all(visit, best_answers(services.visits.form(visit)))
    screen = desktop.open_visit(visit)
    assert WHEN in screen.panel_text
    review = screen.finish()
    assert WHEN in review.text
    review.press("Sign off")
    assert WHEN in review.text, "it is signed, and not approved"
    assert rag_of(services, larch) == "unrated"
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    services.reviews.approve(visit, at_once=True)
    assert rag_of(services, larch) == "green"
    desktop.open_visit(visit)
    assert "Placements need a decision" in desktop.visit.panel_text
    assert WHEN not in desktop.visit.panel_text


def test_a_visit_before_the_one_that_rates_says_that_it_changes_nothing(
    desktop: Desktop, services: Services, heather: str
) -> None:
    signed_off_visit(services, heather, registered_manager={"value": "not_met", "note": "None."})
    rag = rag_of(services, heather)
    earlier = services.desk.today() - timedelta(days=1)
    visit = services.visits.start(heather, "residential-quality", visited_on=earlier).id
    services.visits.answer_all(visit, best_answers(services.visits.form(visit)))
    screen = desktop.open_visit(visit)
    assert LATER in screen.panel_text
    review = screen.finish()
    assert LATER in review.text
    review.press("Sign off")
    assert LATER in review.text
    for text in (review.text, desktop.open_visit(visit).panel_text):
        assert "Placements need a decision" not in text
        assert WHEN not in text
    assert rag_of(services, heather) == rag


def test_a_worse_outcome_says_nothing_of_approval(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    answers = best_answers(services.visits.form(visit_id))
    answers["registered_manager"] = {"value": "not_met", "note": "None."}
    services.visits.answer_all(visit_id, answers)
    assert WHEN not in desktop.open_visit(visit_id).panel_text
