"""Summary and signatures, by keys from the page and from the review."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.forms.answers import best_answers
from tests.support.window.visit_screen import texts
from tests.support.window.windows import Desktop
from visitapp.rules.visiting.signatures import Party
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.visits.conclusion import ConclusionDialog
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def shown(desktop: Desktop) -> list[Dialog]:
    return [dialog for dialog in desktop.window.findChildren(Dialog) if dialog.isVisible()]


def test_words_and_typed_names_need_no_mouse(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press("t", CTRL)
    desktop.dialog(ConclusionDialog)
    for text in ("Kind staff.", "The outcome.", "Asha Verrin"):
        desktop.type(text)
        desktop.press(TAB)
    for _ in range(3):
        if desktop.focus != "Signed for the provider":
            desktop.press(TAB)
    desktop.type("Jonet Sallow")
    desktop.press(ENTER, CTRL)
    view = desktop.services.visits.view(visit_id)
    assert (view.officer_summary, view.told_manager) == ("Kind staff.", "The outcome.")
    assert [one.name for one in view.signatures] == ["Asha Verrin", "Jonet Sallow"]


def test_a_drawn_signature_is_kept_as_lines(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press("t", CTRL)
    desktop.dialog(ConclusionDialog)
    [dialog] = shown(desktop)
    assert isinstance(dialog, ConclusionDialog)
    fields = dialog.parties[Party.PROVIDER]
    fields.name.setFocus()
    desktop.type("Jonet Sallow")
    QTest.mousePress(fields.pad, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    QTest.mouseMove(fields.pad, QPoint(60, 40))
    QTest.mouseRelease(fields.pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    desktop.press(ENTER, CTRL)
    [signature] = desktop.services.visits.view(visit_id).signatures
    assert len(signature.strokes) == 1


def test_typed_words_are_not_lost_by_one_escape(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press("t", CTRL)
    desktop.dialog(ConclusionDialog)
    desktop.type("Kind staff.")
    desktop.press(ESC)
    [dialog] = shown(desktop)
    assert "not saved" in dialog.messages.text()


def test_the_review_says_what_is_missing_and_takes_it_over(desktop: Desktop, visit_id: str) -> None:
    form = desktop.services.visits.form(visit_id)
    desktop.services.visits.answer_all(visit_id, best_answers(form))
    desktop.open_visit(visit_id)
    desktop.press(ENTER, CTRL)
    review = desktop.dialog(SignOffDialog)
    assert "nobody has signed" in " ".join(texts(review))
    desktop.press("t", CTRL)
    desktop.dialog_over(ConclusionDialog)
    desktop.type("Kind staff.")
    desktop.press(ENTER, CTRL)
    desktop.settle()
    assert "Summary written" in " ".join(texts(review))
    assert not review.messages.isVisible(), "what the officer did here is no news to them"


def test_a_signature_under_something_else_is_asked_for_again(
    desktop: Desktop, visit_id: str
) -> None:
    services = desktop.services
    services.visit_words.sign(visit_id, Party.PROVIDER, "Jonet Sallow", [])
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    desktop.open_visit(visit_id)
    desktop.press(ENTER, CTRL)
    review = desktop.dialog(SignOffDialog)
    desktop.press(ENTER)
    assert "changed after Jonet Sallow signed it" in review.messages.text()
    desktop.press("t", CTRL)
    desktop.dialog_over(ConclusionDialog)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ConclusionDialog)
    assert dialog.parties[Party.PROVIDER].name.text() == ""


def test_every_suggested_action_is_added_by_one_key(desktop: Desktop, visit_id: str) -> None:
    services = desktop.services
    form = services.visits.form(visit_id)
    asked = [q.id for q in form.questions.values() if q.type == "choice" and q.action][:5]
    for question in asked:
        services.visits.answer(visit_id, question, value="not_met", note="Seen.")
    desktop.open_visit(visit_id)
    desktop.press("a", SHIFT)
    found = {action.question for action in services.visits.view(visit_id).actions}
    assert found == set(asked)
    desktop.press("a", SHIFT)
    assert len(services.visits.view(visit_id).actions) == len(asked)
