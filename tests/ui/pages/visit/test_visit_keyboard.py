"""A form is answered by keys alone, and each answer is in the database when the page says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.actions.action import ActionDialog
from visitapp.ui.dialogs.help import HelpDialog
from visitapp.ui.dialogs.visits.add_evidence import EvidenceDialog
from visitapp.ui.widgets.note_editor import NoteEditor

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_number_key_answers_the_question_in_focus(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    assert screen.current == "registered_manager"
    desktop.press("3")
    recorded = desktop.services.visits.view(visit_id).answers["registered_manager"]
    assert recorded.value == "not_met"
    assert screen.chosen("registered_manager") == "Not met"
    assert screen.saved_line.startswith("All answers saved on this laptop")


def test_a_key_beyond_the_scale_does_nothing(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press("9")
    assert desktop.services.visits.view(visit_id).answers == {}


def test_j_and_k_and_the_arrows_walk_the_questions(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    walked = [screen.current]
    for key in ("j", Qt.Key.Key_Down, "k", Qt.Key.Key_Up):
        desktop.press(key)
        walked.append(screen.current)
    first, second = "registered_manager", "provider_oversight"
    assert walked[0] == walked[4] == first
    assert walked[1] == walked[3] == second
    assert walked[2] not in (first, second)


def test_walking_goes_on_into_the_next_area(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    for _ in screen.shown:
        desktop.press("j")
    assert screen.area_title.startswith("2 ")


def test_page_down_and_page_up_change_the_area(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press(Qt.Key.Key_PageDown)
    assert screen.area_title.startswith("2 ")
    desktop.press(Qt.Key.Key_PageUp)
    assert screen.area_title.startswith("1 ")


def test_n_opens_a_note_that_saves_itself(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("n")
    desktop.type("Seen 3 rotas, all signed")
    assert screen.saved_line.startswith("Typing")
    desktop.until(lambda: screen.saved_line.startswith("All answers saved"))
    answer = desktop.services.visits.view(visit_id).answers["registered_manager"]
    assert answer.note == "Seen 3 rotas, all signed"
    assert answer.value is None, "the digit belongs to the note"


def test_escape_saves_the_note_and_goes_back_to_the_question(
    desktop: Desktop, visit_id: str
) -> None:
    desktop.open_visit(visit_id)
    desktop.press("n")
    desktop.type("Short")
    desktop.press(Qt.Key.Key_Escape)
    desktop.press("1")
    answer = desktop.services.visits.view(visit_id).answers["registered_manager"]
    assert (answer.value, answer.note) == ("met", "Short")


def test_ctrl_z_takes_the_last_answer_back(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("1")
    desktop.press("2")
    desktop.press("j")
    desktop.press("3")
    desktop.press("z", CTRL)
    desktop.press("z", CTRL)
    assert screen.current == "registered_manager"
    answers = desktop.services.visits.view(visit_id).answers
    assert answers["registered_manager"].value == "met"
    assert "provider_oversight" not in answers
    desktop.press("z", CTRL)
    assert desktop.services.visits.view(visit_id).answers == {}
    assert screen.chosen("registered_manager") == ""


def test_ctrl_z_in_a_note_is_the_notes_own(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press("1")
    desktop.press("n")
    desktop.type("abc")
    desktop.press("z", CTRL)
    assert isinstance(QApplication.focusWidget(), NoteEditor)
    answer = desktop.services.visits.view(visit_id).answers["registered_manager"]
    assert answer.value == "met"


def test_a_digit_on_a_sample_begins_its_figure(desktop: Desktop, visit_id: str) -> None:
    sample = "audit_findings_closed"
    screen = desktop.open_visit(visit_id, sample)
    desktop.press("5")
    desktop.press(Qt.Key.Key_Tab)
    desktop.press("3")
    desktop.press(Qt.Key.Key_Tab)
    answer = desktop.services.visits.view(visit_id).answers[sample]
    assert (answer.checked, answer.met) == (5, 3)
    assert screen.saved_line.startswith("All answers saved")


def test_u_shows_what_is_unanswered(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    before = screen.shown
    desktop.press("1")
    desktop.press("u")
    assert screen.shown == before[1:]
    desktop.press("1")
    assert screen.shown == before[1:], "an answer just given does not vanish under the hand"
    desktop.press("u")
    assert screen.shown == before


def test_a_opens_the_action_and_e_the_evidence(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press("3")
    desktop.press("a")
    action = desktop.dialog(ActionDialog)
    assert action.title.text().startswith("Name an interim manager")
    action.reject()
    desktop.press("e")
    evidence = desktop.dialog(EvidenceDialog)
    evidence.title.setText("Rota of week 40")
    evidence.primary.click()
    assert [p.title for p in desktop.services.visits.view(visit_id).evidence] == ["Rota of week 40"]


def test_f1_shows_the_keys(desktop: Desktop) -> None:
    desktop.press(Qt.Key.Key_F1)
    assert desktop.dialog(HelpDialog).isVisible()
    desktop.dialog(HelpDialog).reject()
