"""Nothing is signed while something on screen is not recorded, and the way to it comes first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.support.forms.answers import best_answers
from tests.support.window.visit_screen import UnsavedScreen
from tests.support.window.windows import Desktop
from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.rules.text import LONGEST_NOTE
from visitapp.services.views.visits import AnswerSaved

ESC, TAB, ENTER = Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier
SAMPLE = "audit_findings_closed"
NOTED = "registered_manager"


@pytest.fixture
def complete(desktop: Desktop, visit_id: str) -> str:
    """A visit with every answer given, ready to be signed off."""
    form = desktop.services.visits.form(visit_id)
    desktop.services.visits.answer_all(visit_id, best_answers(form))
    return visit_id


def paste(desktop: Desktop, text: str) -> None:
    QApplication.clipboard().setText(text)
    desktop.press("v", CTRL)


def full_disk(visit_id: str, question: str, **fields: object) -> AnswerSaved:
    raise EnvironmentProblem(
        Code.DISK_FULL, message("The disk is full."), message("Make room, then try again.")
    )


def test_more_met_than_checked_bars_the_sign_off(desktop: Desktop, complete: str) -> None:
    screen = desktop.open_visit(complete, SAMPLE)
    number = desktop.services.visits.form(complete).questions[SAMPLE].number
    desktop.press(ENTER)
    for key in (TAB, "9"):
        desktop.press(key)
    review = screen.finish()
    assert not review.can_sign
    assert desktop.focus == f"Question {number}: the answer is not saved yet."
    desktop.press(ENTER)
    assert not review.is_open
    assert desktop.focus.startswith("Sample checked"), "the way to it ends in its field"
    for key in (TAB, "5", TAB):
        desktop.press(key)
    assert desktop.services.visits.view(complete).answers[SAMPLE].met == 5
    assert screen.finish().can_sign


def test_ctrl_z_takes_back_what_could_not_be_saved_before_what_was(
    desktop: Desktop, visit_id: str
) -> None:
    """From the next question: the figures on screen are those that are recorded, at every step."""
    screen = desktop.open_visit(visit_id, SAMPLE)

    def recorded() -> tuple[int | None, int | None]:
        answer = desktop.services.visits.view(visit_id).answers.get(SAMPLE)
        return (answer.checked, answer.met) if answer else (None, None)

    for key in ("5", ENTER, "4", ESC, ENTER, TAB, "9", "j"):
        desktop.press(key)
    assert "More were met than checked" in screen.text(SAMPLE)
    desktop.press("z", CTRL)
    assert (screen.figures(SAMPLE), recorded()) == (["5", "4"], (5, 4))
    assert "More were met than checked" not in screen.text(SAMPLE)
    desktop.press("z", CTRL)
    assert (screen.figures(SAMPLE), recorded()) == (["5", ""], (5, None))
    desktop.press("z", CTRL)
    assert (screen.figures(SAMPLE), recorded()) == (["", ""], (None, None))


def test_ctrl_z_in_a_figure_goes_on_to_the_answers_when_the_field_has_nothing_more(
    desktop: Desktop, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id, SAMPLE)
    for key in ("5", ENTER, "9"):
        desktop.press(key)
    desktop.press("z", CTRL)
    assert screen.figures(SAMPLE) == ["5", ""]
    desktop.press("z", CTRL)
    assert screen.figures(SAMPLE) == ["", ""]
    answer = desktop.services.visits.view(visit_id).answers.get(SAMPLE)
    assert answer is None or answer.checked is None


def test_a_note_that_is_too_long_is_kept_on_screen_and_bars_the_sign_off(
    desktop: Desktop, complete: str
) -> None:
    screen = desktop.open_visit(complete, NOTED)
    desktop.press("n")
    paste(desktop, "x" * (LONGEST_NOTE + 5))
    desktop.press(ESC)
    assert "Too long by 5 characters" in screen.text(NOTED)
    review = screen.finish()
    assert not review.can_sign
    assert desktop.focus == "Question 1.1: the note is not saved yet."
    desktop.press(ENTER)
    assert screen.caret[1] == LONGEST_NOTE + 5
    for _ in range(5):
        desktop.press(Qt.Key.Key_Backspace)
    assert "0 characters left" in screen.text(NOTED)
    desktop.press(ESC)
    assert len(desktop.services.visits.view(complete).answers[NOTED].note) == LONGEST_NOTE
    assert screen.finish().can_sign


def test_a_paste_of_megabytes_is_refused_and_changes_nothing(
    desktop: Desktop, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("n")
    desktop.type("Seen.")
    paste(desktop, "x" * 3_000_000)
    assert screen.caret == ("Seen.", 5)
    assert "Nothing was pasted: the clipboard has 3,000,000 characters" in screen.text(NOTED)


def test_the_bullets_of_word_are_pasted_as_bullets(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("n")
    paste(desktop, "\uf0b7 Rota seen\n\uf0fc Keys held")
    assert screen.caret[0] == "\u2022 Rota seen\n\u2713 Keys held"


def test_a_long_note_scrolls_in_a_box_of_a_few_lines(desktop: Desktop, visit_id: str) -> None:
    desktop.services.visits.answer(visit_id, NOTED, note="One more line.\n" * 500)
    screen = desktop.open_visit(visit_id)
    assert screen.card(NOTED).height() < desktop.window.height() * 0.6


def test_a_note_that_the_disk_refused_bars_the_sign_off_until_it_is_saved(
    desktop: Desktop, complete: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = desktop.open_visit(complete, NOTED)
    save = desktop.services.visits.answer
    monkeypatch.setattr(desktop.services.visits, "answer", full_disk)
    desktop.press("n")
    desktop.type("Keep this")
    review = screen.finish()
    assert not review.can_sign
    monkeypatch.setattr(desktop.services.visits, "answer", save)
    desktop.press(ESC)
    assert screen.finish().can_sign
    assert desktop.services.visits.view(complete).answers[NOTED].note == "Keep this"


def test_a_figure_left_wrong_in_another_area_bars_the_sign_off(
    desktop: Desktop, complete: str
) -> None:
    screen = desktop.open_visit(complete, SAMPLE)
    for key in (ENTER, TAB, "9", ESC, Qt.Key.Key_PageDown):
        desktop.press(key)
    assert screen.unsaved == {SAMPLE: "answer"}
    assert not screen.finish().can_sign


def test_a_locked_visit_shows_what_was_signed(desktop: Desktop, complete: str) -> None:
    screen = desktop.open_visit(complete, SAMPLE)
    for key in (ENTER, TAB, "9", ESC):
        desktop.press(key)
    desktop.services.visits.sign_off(complete)
    desktop.open_visit(complete, SAMPLE)
    assert screen.figures(SAMPLE) == ["5", "5"]
    assert "More were met" not in screen.text(SAMPLE)
    assert screen.unsaved == {}


def test_answers_that_changed_under_the_review_are_shown_again_and_not_signed(
    desktop: Desktop, complete: str
) -> None:
    screen = desktop.open_visit(complete)
    review = screen.finish()
    desktop.services.visits.answer(complete, NOTED, value="partly", note="Interim since June.")
    desktop.press(ENTER)
    assert "The answers changed while you were reviewing them" in review.message
    assert desktop.services.visits.view(complete).summary.status == "draft"
    review.press("Sign off")
    assert desktop.services.visits.view(complete).summary.status == "signed_off"


def test_another_visit_is_not_opened_over_a_note_that_is_not_saved(
    desktop: Desktop, visit_id: str, heather: str
) -> None:
    screen = desktop.open_visit(visit_id)
    other = desktop.services.visits.start(heather, "medicines-audit", "themed").id
    desktop.press("n")
    paste(desktop, "x" * (LONGEST_NOTE + 1))
    desktop.open_visit(other)
    assert "Question 1.1 of this visit is not saved" in desktop.message()
    assert screen.caret[1] == LONGEST_NOTE + 1
    desktop.press(Qt.Key.Key_Backspace)
    desktop.open_visit(other)
    assert screen.area_title != "1 Leadership & management"
    assert len(desktop.services.visits.view(visit_id).answers[NOTED].note) == LONGEST_NOTE


def too_long(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id, NOTED)
    desktop.press("n")
    paste(desktop, "x" * (LONGEST_NOTE + 1))
    desktop.press(ESC)


def test_the_window_is_not_closed_over_a_note_that_is_too_long(
    desktop: Desktop, visit_id: str
) -> None:
    too_long(desktop, visit_id)
    desktop.press("1", CTRL)
    desktop.close()
    dialog = UnsavedScreen(desktop)
    assert "Your entry at 1.1 cannot be saved" in dialog.text
    desktop.press(ENTER)
    assert desktop.is_open
    assert desktop.visit.caret[1] == LONGEST_NOTE + 1
    desktop.press(Qt.Key.Key_Backspace)
    desktop.close()
    assert not desktop.is_open
    assert len(desktop.services.visits.view(visit_id).answers[NOTED].note) == LONGEST_NOTE


def test_the_window_is_not_closed_over_a_figure_that_cannot_be_recorded(
    desktop: Desktop, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id, SAMPLE)
    for key in ("5", TAB, "9", ESC):
        desktop.press(key)
    desktop.close()
    dialog = UnsavedScreen(desktop)
    desktop.press(ESC)
    assert not dialog.is_open
    assert desktop.is_open
    assert screen.figures(SAMPLE) == ["5", "9"], "Esc leaves all as it is"


def test_it_closes_without_saving_only_when_that_is_chosen(desktop: Desktop, visit_id: str) -> None:
    too_long(desktop, visit_id)
    desktop.close()
    UnsavedScreen(desktop).press("Close without saving")
    assert not desktop.is_open
    answers = desktop.services.visits.view(visit_id).answers
    assert NOTED not in answers or answers[NOTED].note == ""


def test_a_window_with_nothing_unsaved_closes_at_once(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id, NOTED)
    desktop.press("n")
    desktop.type("Seen.")
    desktop.close()
    assert not desktop.is_open
    assert desktop.services.visits.view(visit_id).answers[NOTED].note == "Seen."
