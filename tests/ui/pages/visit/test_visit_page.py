"""The Visit page by mouse: the outcome moves with each answer, and nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.support.forms.answers import best_answers
from tests.support.window.windows import Desktop, texts
from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.services.services import Services
from visitapp.services.views.visits import AnswerSaved
from visitapp.ui.dialogs.actions.action import ActionDialog
from visitapp.ui.pages.visit.question.question_card import QuestionCard
from visitapp.ui.shell.routes import Route


def answer_all(services: Services, visit_id: str) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))


def test_the_outcome_moves_with_each_answer(desktop: Desktop, visit_id: str) -> None:
    answer_all(desktop.services, visit_id)
    screen = desktop.open_visit(visit_id, "staffing_enough_now")
    question = screen.current
    assert screen.outcome == "green"
    screen.choose(question, "Not met")
    assert screen.outcome == "red"
    number = desktop.services.visits.form(visit_id).questions[question].number
    assert f"Question {number}" in screen.panel_text
    assert f"Green if {number} becomes Met." in screen.panel_text
    screen.choose(question, "Met")
    assert screen.outcome == "green"


def test_a_question_gone_to_is_current_and_in_view(desktop: Desktop, visit_id: str) -> None:
    form = desktop.services.visits.form(visit_id)
    last = form.areas[5].questions[-1].id
    screen = desktop.open_visit(visit_id, last)
    card = screen.card(last)
    assert screen.current == last
    desktop.until(lambda: not card.visibleRegion().isEmpty())
    desktop.until(lambda: screen.page.area.ready)
    assert not card.visibleRegion().isEmpty()


def test_an_unfinished_form_is_called_provisional(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    screen.choose("registered_manager", "Met")
    assert "Provisional" in screen.panel_text
    assert "Outcome so far · 1 of" in screen.panel_text


def test_the_last_visit_stands_under_its_question(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    lines = texts(screen.card("provider_oversight"))
    assert any(
        "Last visit, 1 Jun 2026:" in line and "Partly met" in line and "One visit" in line
        for line in lines
    )


def test_a_value_that_needs_a_reason_asks_for_it(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    screen.choose("registered_manager", "Not checked")
    card = screen.card("registered_manager")
    assert any("needs a reason" in line for line in texts(card))
    desktop.type("Manager away today")
    desktop.press(Qt.Key.Key_Escape)
    answer = desktop.services.visits.view(visit_id).answers["registered_manager"]
    assert answer.reason == "Manager away today"
    assert not any("needs a reason" in line for line in texts(card))


def test_a_suggested_action_is_offered_until_it_is_raised(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    screen.choose("registered_manager", "Not met")
    offer = desktop.services.actions.suggested(visit_id, "registered_manager")
    assert offer is not None
    card = screen.card("registered_manager")
    desktop.until(lambda: any(offer.title in b.text() for b in buttons(card)))
    desktop.services.actions.add(
        visit_id, None, offer.title, offer.due_on, question="registered_manager"
    )
    desktop.window.page().refresh()
    assert not any(b.text().startswith("+ Action") for b in buttons(card))
    desktop.until(lambda: any(offer.title in " ".join(b.text().split()) for b in buttons(card)))
    assert "Actions from this visit  1" in screen.panel_text


def test_after_a_suggested_action_the_focus_is_at_its_question(
    desktop: Desktop, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    screen.choose("registered_manager", "Not met")
    card = screen.card("registered_manager")
    [offer] = [b for b in buttons(card) if b.isVisible() and b.text().startswith("+ Action")]
    offer.setFocus()
    desktop.press(Qt.Key.Key_Return)
    desktop.dialog(ActionDialog)
    desktop.press(Qt.Key.Key_Return)
    desktop.wake()
    desktop.until(lambda: QApplication.focusWidget() in (card, *card.findChildren(QWidget)))
    assert len(desktop.services.actions.list()) == 1


def test_a_note_is_saved_when_the_page_is_left(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press("n")
    desktop.type("Half a sentence")
    desktop.window.go(Route("portfolio"))
    answers = desktop.services.visits.view(visit_id).answers
    assert answers["registered_manager"].note == "Half a sentence"


def test_a_note_is_saved_when_the_window_is_closed(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press("n")
    desktop.type("The last words")
    desktop.window.close()
    answers = desktop.services.visits.view(visit_id).answers
    assert answers["registered_manager"].note == "The last words"


def test_more_met_than_checked_is_said_and_not_saved(desktop: Desktop, visit_id: str) -> None:
    sample = "audit_findings_closed"
    screen = desktop.open_visit(visit_id, sample)
    desktop.press("3")
    desktop.press("\t")
    desktop.press("5")
    desktop.press("\t")
    assert any("More were met than checked" in line for line in texts(screen.card(sample)))
    number = desktop.services.visits.form(visit_id).questions[sample].number
    assert screen.saved_line == f"Not saved yet: {number}"
    recorded = desktop.services.visits.view(visit_id).answers.get(sample)
    assert recorded is None or recorded.met != 5


def test_an_answer_that_cannot_be_saved_is_never_called_saved(
    desktop: Desktop, visit_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = desktop.open_visit(visit_id)
    save = desktop.services.visits.answer
    monkeypatch.setattr(desktop.services.visits, "answer", full_disk)
    desktop.press("n")
    desktop.type("Keep this")
    screen.page.leave()
    assert "The disk is full." in desktop.message()
    assert screen.saved_line.startswith("Not saved yet")
    monkeypatch.setattr(desktop.services.visits, "answer", save)
    screen.page.leave()
    answers = desktop.services.visits.view(visit_id).answers
    assert answers["registered_manager"].note == "Keep this"
    assert screen.saved_line.startswith("All answers saved")


def test_a_signed_off_visit_is_only_read(desktop: Desktop, visit_id: str) -> None:
    answer_all(desktop.services, visit_id)
    desktop.services.visits.sign_off(visit_id)
    screen = desktop.open_visit(visit_id)
    desktop.press("3")
    answers = desktop.services.visits.view(visit_id).answers
    assert answers["registered_manager"].value == "met"
    assert not screen.card("registered_manager").editor.isEnabled()
    assert screen.saved_line == "Signed off. Answers can no longer be changed."
    assert screen.page.primary.text() == "Report (PDF)"


def test_areas_say_how_far_they_are(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    screen.choose("registered_manager", "Partly met")
    first = screen.page.sidebar.areas[0].accessibleName()
    total = len(desktop.services.visits.form(visit_id).areas[0].questions)
    assert f"1 of {total}" in first
    assert "1 note missing" in first


def buttons(card: QuestionCard) -> list[QPushButton]:
    return [b for b in card.findChildren(QPushButton) if not b.isHidden()]


def full_disk(visit_id: str, question: str, **fields: object) -> AnswerSaved:
    raise EnvironmentProblem(
        Code.DISK_FULL, message("The disk is full."), message("Make room, then try again.")
    )


def test_a_sample_is_set_aside_with_a_reason_and_taken_up_again(
    desktop: Desktop, visit_id: str
) -> None:
    sample = "audit_findings_closed"
    screen = desktop.open_visit(visit_id, sample)
    screen.choose(sample, "Not applicable")
    view = desktop.services.visits.view(visit_id)
    assert view.answers[sample].value == "not_applicable"
    assert ("reason", sample) in {(need.what, need.question) for need in view.needs}
    desktop.press(Qt.Key.Key_Escape)
    for key in (Qt.Key.Key_Return, "5", Qt.Key.Key_Tab, "4", Qt.Key.Key_Tab):
        desktop.press(key)
    answer = desktop.services.visits.view(visit_id).answers[sample]
    assert (answer.value, answer.checked, answer.met) == (None, 5, 4)


def test_a_number_set_aside_is_taken_back_by_the_same_button(
    desktop: Desktop, visit_id: str
) -> None:
    form = desktop.services.visits.form(visit_id)
    number = next(q.id for q in form.questions.values() if q.type in ("number", "percent"))
    screen = desktop.open_visit(visit_id, number)
    screen.choose(number, "Not checked")
    assert desktop.services.visits.view(visit_id).answers[number].value == "not_checked"
    screen.choose(number, "Not checked")
    taken = desktop.services.visits.view(visit_id).answers.get(number)
    assert taken is None or taken.value is None
