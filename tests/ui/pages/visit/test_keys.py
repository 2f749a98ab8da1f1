"""The keyboard of the Visit page: what a key does wherever the focus is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from forms.model import Question
from tests.support.window.windows import Desktop
from visitapp.services.services import Services
from visitapp.services.views.visits import AnswerView

ESC, TAB, ENTER = Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Return
SAMPLE = "audit_findings_closed"


def answer(services: Services, visit_id: str, question: str) -> AnswerView:
    """What is recorded for a question."""
    recorded = services.visits.view(visit_id).answers
    return recorded.get(question, AnswerView(question=question))


def first_of(services: Services, visit_id: str, kind: str) -> Question:
    """The first question of a type."""
    form = services.visits.form(visit_id)
    return next(q for q in form.questions.values() if q.type == kind)


def other_visit(services: Services, visit_id: str) -> str:
    """A visit at the same setting on a form with a date."""
    setting = services.visits.view(visit_id).summary.setting_id
    return services.visits.start(setting, "out-of-county-desktop").id


def test_a_digit_on_a_label_chooses_that_label(desktop: Desktop, visit_id: str) -> None:
    form = desktop.services.visits.form(visit_id)
    hygiene = next(
        q.id for q in form.questions.values() if q.scale and q.scale.values[0].label == "5"
    )
    screen = desktop.open_visit(visit_id, hygiene)
    for key in ("5", "4", "3", "2", "1", "0"):
        desktop.press(key)
        assert screen.chosen(hygiene) == key
    desktop.press("9")
    assert screen.chosen(hygiene) == "0", "no label holds 9"
    desktop.press("p")
    assert screen.chosen(hygiene) == "Pass"


def test_options_show_their_key(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    assert screen.keys_shown("registered_manager") == {
        "Met": "1",
        "Partly met": "2",
        "Not met": "3",
        "Not applicable": "4",
        "Not checked": "5",
    }
    assert screen.keys_shown(SAMPLE) == {"All met": "M", "Not applicable": "X", "Not checked": "C"}


@pytest.mark.parametrize("kind", ["sample", "number", "percent", "people"])
def test_j_and_k_leave_a_figure_and_are_never_typed(
    desktop: Desktop, visit_id: str, kind: str
) -> None:
    asked = first_of(desktop.services, visit_id, kind)
    screen = desktop.open_visit(visit_id, asked.id)
    assert isinstance(QApplication.focusWidget(), QLineEdit), "an empty figure waits for digits"
    desktop.press("7")
    desktop.press("j")
    following = screen.current
    assert following != asked.id
    desktop.press("k")
    assert screen.current != following
    recorded = answer(desktop.services, visit_id, asked.id)
    assert recorded.value in (7, None, {"people": 7})
    assert 7 in (recorded.value, recorded.checked) or recorded.value == {"people": 7}


def test_no_digit_reaches_a_field_that_has_not_the_focus(desktop: Desktop, visit_id: str) -> None:
    number = first_of(desktop.services, visit_id, "number").id
    desktop.services.visits.answer(visit_id, number, value=3)
    screen = desktop.open_visit(visit_id, number)
    for leave in (lambda: desktop.press(ESC), lambda: (desktop.press("j"), desktop.press("k"))):
        leave()
        desktop.press("4")
        assert answer(desktop.services, visit_id, number).value == 3
    assert screen.unsaved == {}
    desktop.press(ENTER)
    desktop.press("4")
    desktop.press(ESC)
    assert answer(desktop.services, visit_id, number).value == 4


@pytest.mark.parametrize("kind", ["sample", "number", "percent", "people", "date", "text"])
def test_escape_leaves_every_field(desktop: Desktop, visit_id: str, kind: str) -> None:
    visit_id = other_visit(desktop.services, visit_id) if kind == "date" else visit_id
    asked = first_of(desktop.services, visit_id, kind)
    screen = desktop.open_visit(visit_id, asked.id)
    if kind in ("date", "text"):
        desktop.press(ENTER)
    assert desktop.focus != screen.card(asked.id).accessibleName()
    desktop.press(ESC)
    assert desktop.focus == screen.card(asked.id).accessibleName()
    desktop.press("j")
    assert screen.current != asked.id
    assert answer(desktop.services, visit_id, asked.id).value is None


@pytest.mark.parametrize("key", ["4", "5"])
def test_what_must_be_explained_puts_the_caret_in_its_reason(
    desktop: Desktop, visit_id: str, key: str
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press(key)
    assert desktop.focus.startswith("Reason: ")
    desktop.type("Manager away today")
    desktop.press(ESC)
    assert answer(desktop.services, visit_id, "registered_manager").reason == "Manager away today"
    assert "needs a reason" not in screen.text("registered_manager")


def test_a_figure_is_set_aside_by_its_key_and_asks_for_the_reason(
    desktop: Desktop, visit_id: str
) -> None:
    desktop.open_visit(visit_id, SAMPLE)
    desktop.press("c")
    assert desktop.focus.startswith("Reason: ")
    assert answer(desktop.services, visit_id, SAMPLE).value == "not_checked"


def test_n_puts_the_caret_at_the_end_of_the_note(desktop: Desktop, visit_id: str) -> None:
    desktop.services.visits.answer(visit_id, "registered_manager", note="Seen the rota.")
    screen = desktop.open_visit(visit_id)
    desktop.press("n")
    assert screen.caret == ("Seen the rota.", len("Seen the rota."))


def test_tab_goes_through_a_card_in_the_order_of_reading(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("n")
    desktop.type("Seen")
    desktop.press(ESC)
    desktop.press("5")
    desktop.type("Away")
    walked = [desktop.focus]
    for _ in range(5):
        desktop.press(TAB)
        walked.append(desktop.focus)
    second = screen.card("provider_oversight").accessibleName()
    good = "Mark as good practice: "
    starts = ("Reason: ", "Note: ", "Add evidence: ", "Add an action: ", good, second)
    assert all(name.startswith(start) for name, start in zip(walked, starts, strict=True)), walked
    for _ in range(4):
        desktop.press(TAB, Qt.KeyboardModifier.ShiftModifier)
    desktop.press(TAB, Qt.KeyboardModifier.ShiftModifier)
    assert desktop.focus.startswith("Reason: ")
    desktop.press(TAB, Qt.KeyboardModifier.ShiftModifier)
    assert desktop.focus.endswith(": Not checked"), "the answer that is chosen"


def test_tab_goes_through_the_figures_of_a_sample_and_on(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id, SAMPLE)
    walked = [desktop.focus]
    for _ in range(6):
        desktop.press(TAB)
        walked.append(desktop.focus)
    assert screen.current == SAMPLE
    parts = [name.split(": ")[0] for name in walked]
    assert parts[:3] == ["Sample checked", "Of which met", "All met"]
    assert walked[3].endswith(": Not applicable"), "one stop for the options beside the figures"
    assert parts[4:] == ["Add a note", "Add evidence", "Add an action"]


def test_a_whole_area_can_be_walked_by_tab(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    wanted = screen.shown
    visited = [screen.current]
    for _ in range(400):
        desktop.press(TAB)
        if screen.current != visited[-1]:
            visited.append(screen.current)
        if not screen.focus_is_on_a_card:
            break
    assert visited == wanted


def test_enter_presses_what_has_the_focus(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press(TAB)
    assert desktop.focus.endswith(": Met")
    desktop.press(ENTER)
    assert screen.chosen("registered_manager") == "Met"
    desktop.press(TAB)
    assert desktop.focus.startswith("Add a note")
    desktop.press(ENTER)
    assert desktop.focus.startswith("Note: ")


def test_enter_goes_on_from_a_figure(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id, SAMPLE)
    following = screen.shown[screen.shown.index(SAMPLE) + 1]
    for key in ("5", ENTER, "4", ENTER):
        desktop.press(key)
    recorded = answer(desktop.services, visit_id, SAMPLE)
    assert (recorded.checked, recorded.met) == (5, 4)
    assert screen.current == following


def test_enter_stays_at_a_figure_that_turns_out_to_need_a_note(
    desktop: Desktop, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id, SAMPLE)
    for key in ("5", ENTER, "1", ENTER, "n"):
        desktop.press(key)
    desktop.type("Four were still open")
    desktop.press(ESC)
    assert screen.current == SAMPLE
    assert answer(desktop.services, visit_id, SAMPLE).note == "Four were still open"


def test_enter_does_not_leave_a_figure_that_is_wrong(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id, SAMPLE)
    for key in ("5", ENTER, "9", ENTER):
        desktop.press(key)
    assert screen.current == SAMPLE
    assert "More were met than checked" in screen.text(SAMPLE)


def test_all_met_is_two_keys_and_never_one(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id, SAMPLE)
    desktop.press("m")
    assert answer(desktop.services, visit_id, SAMPLE).met is None, "nothing was checked yet"
    desktop.press("5")
    desktop.press("m")
    recorded = answer(desktop.services, visit_id, SAMPLE)
    assert (recorded.checked, recorded.met) == (5, 5)


def test_going_on_after_a_choice_is_an_option_that_is_remembered(
    desktop: Desktop, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    first, second = screen.shown[:2]
    desktop.press("1")
    assert screen.current == first
    desktop.press("g")
    desktop.press("1")
    assert screen.current == second
    desktop.press("3")
    assert screen.current == second, "a finding stays for its note and action"
    desktop.press("5")
    assert desktop.focus.startswith("Reason: "), "and so does what must be explained"
    assert desktop.reopened_preferences().goes_on


def test_a_text_is_taken_back_in_one_step_however_often_it_was_saved(
    desktop: Desktop, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("n")
    for part in ("Seen ", "the rota"):
        desktop.type(part)
        screen.page.leave()
    desktop.press(ESC)
    desktop.press("z", Qt.KeyboardModifier.ControlModifier)
    assert answer(desktop.services, visit_id, "registered_manager").note == ""


def test_tab_out_of_a_note_that_is_saved_by_that_goes_on_to_evidence(
    desktop: Desktop, visit_id: str
) -> None:
    """Saving shows the card's buttons again, and the focus is on one of them."""
    desktop.open_visit(visit_id)
    desktop.press("n")
    desktop.type("Seen the diary")
    desktop.press(TAB)
    assert desktop.focus.startswith("Confirm as unchanged: ")
    desktop.press(TAB)
    assert desktop.focus.startswith("Add evidence: ")
    desktop.press(TAB)
    assert desktop.focus.startswith("Add an action: ")
