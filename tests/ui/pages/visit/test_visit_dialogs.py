"""The dialogs that the Visit page opens, by keys."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.colleagues import bring_contracts
from tests.support.desk.desks import Clock
from tests.support.forms.answers import best_answers
from tests.support.window.evidence_screens import EvidenceScreen
from tests.support.window.visit_screen import (
    ActionScreen,
    StartVisitScreen,
)
from tests.support.window.windows import Desktop
from visitapp.ui.theme.look import Look

ESC, TAB, ENTER = Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Return
FIRST = "registered_manager"


@pytest.mark.parametrize("typed", ["+14", "6/12", "06/12/2026"])
def test_the_due_day_is_typed_as_people_write_it(
    desktop: Desktop, visit_id: str, clock: Clock, typed: str
) -> None:
    clock.move_to(date(2026, 11, 22))
    desktop.open_visit(visit_id)
    for key in ("3", "a"):
        desktop.press(key)
    action = ActionScreen(desktop)
    action.fill("Due", typed)
    assert "Sunday 6 Dec 2026, in 14 days. This is a weekend." in action.text
    desktop.press(ENTER)
    assert not action.is_open
    [raised] = desktop.services.visits.view(visit_id).actions
    assert raised.due_on == date(2026, 12, 6)


def test_a_due_day_in_the_past_is_warned_of(desktop: Desktop, visit_id: str, clock: Clock) -> None:
    clock.move_to(date(2026, 11, 22))
    desktop.open_visit(visit_id)
    desktop.press("a")
    action = ActionScreen(desktop)
    action.fill("Due", "29/3/2018")
    assert "This day is past." in action.text
    action.fill("Due", "nonsense")
    action.fill("Action", "Review the rota")
    desktop.press(ENTER)
    assert "“nonsense” is not a day." in action.message
    assert desktop.services.visits.view(visit_id).actions == []


def test_arrow_keys_move_the_due_day(desktop: Desktop, visit_id: str, clock: Clock) -> None:
    clock.move_to(date(2026, 11, 23))
    desktop.open_visit(visit_id)
    desktop.press("a")
    action = ActionScreen(desktop)
    action.fill("Due", "+1")
    for key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Down):
        desktop.press(key)
    assert "Tuesday 1 Dec 2026, in 8 days" in action.text


def test_escape_asks_before_what_was_typed_is_lost(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press("a")
    action = ActionScreen(desktop)
    action.fill("Action", "Review the rota")
    desktop.press(ESC)
    assert action.is_open
    assert "What you typed is not saved." in action.message
    action.fill("Action", "Review the rota again")
    desktop.press(ESC)
    assert action.is_open, "more was typed since it asked"
    desktop.press(ESC)
    assert not action.is_open
    assert desktop.services.visits.view(visit_id).actions == []


def test_escape_closes_at_once_when_nothing_was_typed(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press("a")
    action = ActionScreen(desktop)
    desktop.press(ESC)
    assert not action.is_open


def test_a_kind_of_note_is_chosen_by_key_and_a_file_has_its_own(
    desktop: Desktop, visit_id: str, tmp_path: Path
) -> None:
    desktop.open_visit(visit_id)
    desktop.press("e")
    evidence = EvidenceScreen(desktop)
    desktop.press("4", Qt.KeyboardModifier.AltModifier)
    assert evidence.choice("Kind") == "Conversation"
    assert "Alt 4 Conversation" in evidence.text
    desktop.type("Spoke to two relatives")
    evidence.choose(tmp_path / "audit.pdf")
    assert not evidence.asks("Kind")
    assert evidence.files == {"audit.pdf": "Spoke to two relatives"}, "what was typed is kept"


def test_a_second_visit_on_one_day_is_warned_of(
    desktop: Desktop, visit_id: str, heather: str
) -> None:
    screen = desktop.open_visit(visit_id, "provider_oversight")
    desktop.start_visit(heather)
    dialog = StartVisitScreen(desktop)
    assert "There is already a visit here on this day: Annual quality visit, in progress." in (
        dialog.text
    )
    dialog.fill("Day of the visit", "+1")
    assert "already a visit here" not in dialog.text
    dialog.fill("Day of the visit", "+0")
    dialog.press("Open that visit")
    assert not dialog.is_open
    assert screen.current == "provider_oversight"
    assert len(desktop.services.visits.list(setting_id=heather, status="draft")) == 1


def test_all_suggested_actions_are_raised_by_one_press(desktop: Desktop, visit_id: str) -> None:
    services = desktop.services
    form = services.visits.form(visit_id)
    services.visits.answer_all(visit_id, best_answers(form))
    suggesting = [q for q in form.questions.values() if q.action and q.type == "choice"][:3]
    for question in suggesting:
        assert question.action is not None
        services.visits.answer(
            visit_id,
            question.id,
            value=next(iter(question.action.when)),
            note=f"Seen at {question.id}.",
        )
    review = desktop.open_visit(visit_id).finish()
    assert "3 findings have no action" in review.text
    review.press("Add all 3 suggested actions")
    raised = services.visits.view(visit_id).actions
    assert {action.question for action in raised} == {question.id for question in suggesting}
    assert all(action.due_on.weekday() < 5 or action.priority == "immediate" for action in raised)
    assert "have no action" not in review.text
    assert "3 actions raised" in review.text


def test_a_finding_in_the_review_is_a_way_to_its_question(desktop: Desktop, visit_id: str) -> None:
    services = desktop.services
    form = services.visits.form(visit_id)
    services.visits.answer_all(visit_id, best_answers(form))
    services.visits.answer(visit_id, "provider_oversight", value="partly", note="One visit.")
    screen = desktop.open_visit(visit_id, "staffing_enough_now")
    review = screen.finish()
    review.press(f"{form.questions['provider_oversight'].number} ")
    assert screen.current == "provider_oversight"


@pytest.mark.parametrize("scale", [100, 200])
def test_the_review_fits_a_small_screen_with_its_outcome_whole(
    desktop: Desktop, visit_id: str, scale: int, look: Look
) -> None:
    look.set(scale=scale)
    try:
        review = desktop.open_visit(visit_id).finish()
        width, height = review.least
        assert width <= 960, "a screen of 1024 x 600, less the window's frame"
        assert height <= 540
        assert review.outcome_is_whole
        assert "things to complete first" in review.text
    finally:
        look.set(scale=100)


def test_a_contract_review_asks_which_contract_it_rates(desktop: Desktop, heather: str) -> None:
    bring_contracts(desktop.services, heather, "C-1", "C-2", own="C-2")
    desktop.start_visit(heather)
    dialog = StartVisitScreen(desktop)
    assert not dialog.asks("Contract")
    dialog.pick("Form", "Contract review")
    assert dialog.choice("Contract") == "C-2 · Care at home"
    dialog.pick("Contract", "C-1")
    dialog.press("Start the visit")
    [visit] = desktop.services.visits.list(setting_id=heather, status="draft")
    assert desktop.services.visits.view(visit.id).contract == "C-1"


def test_a_contract_review_without_a_contract_says_that_it_rates_none(
    desktop: Desktop, heather: str
) -> None:
    desktop.start_visit(heather)
    dialog = StartVisitScreen(desktop)
    dialog.pick("Form", "Contract review")
    assert not dialog.asks("Contract")
    assert "so the visit does not rate one" in dialog.text
