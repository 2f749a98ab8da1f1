"""The review before the sign-off, by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from tests.support.forms.answers import best_answers
from tests.support.window.screens import visible
from tests.support.window.visit_screen import texts
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.services.services import Services
from visitapp.ui.dialogs.planning.plan_visit import PlanVisitDialog
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog
from visitapp.ui.widgets.rag_chip import RagChip

CTRL = Qt.KeyboardModifier.ControlModifier
FINDING = "registered_manager"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_adding_the_suggested_actions_twice_over_signs_nothing_off(
    desktop: Desktop, services: Services, visit_id: str, key: Qt.Key
) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    services.visits.answer(visit_id, FINDING, value="not_met", note="Nobody is in charge.")
    desktop.open_visit(visit_id)
    desktop.press(Qt.Key.Key_Return, CTRL)
    dialog = desktop.dialog(SignOffDialog)
    dialog.add_all.setFocus()
    desktop.press(key)
    desktop.press(key)
    view = services.visits.view(visit_id)
    assert len(view.actions) == 1
    assert view.summary.status == "draft"


def test_ctrl_enter_pressed_again_and_again_signs_nothing_off(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    desktop.open_visit(visit_id)
    card = QApplication.focusWidget()
    for _ in range(2):
        QTest.keyClick(card, Qt.Key.Key_Return, CTRL)
    assert len(desktop.window.findChildren(SignOffDialog)) == 1
    desktop.dialog(SignOffDialog)
    assert desktop.focus == "Sign off"
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert services.visits.view(visit_id).summary.status == "draft"
    desktop.press(Qt.Key.Key_Return)
    assert services.visits.view(visit_id).summary.status == "signed_off"


@pytest.fixture
def slow_machine() -> Iterator[None]:
    """What comes within a minute is at once, however loaded the machine is."""
    before = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(60_000)
    yield
    QApplication.setDoubleClickInterval(before)


@pytest.mark.usefixtures("slow_machine")
def test_enter_pressed_twice_at_once_signs_nothing_off(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    """Through the window system, whose key events carry the time that tells two from one."""
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    desktop.open_visit(visit_id)
    visible(desktop.window, QAbstractButton, "Review and sign off").setFocus()
    QTest.keyClick(desktop.window.windowHandle(), Qt.Key.Key_Return)
    dialog = desktop.dialog(SignOffDialog)
    desktop.until(dialog.primary.hasFocus)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert services.visits.view(visit_id).summary.status == "draft"


def test_a_few_answers_do_not_open_a_setting_to_placements(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press("1")
    desktop.press(Qt.Key.Key_Return, CTRL)
    dialog = desktop.dialog(SignOffDialog)
    assert [chip.property("faint") for chip in dialog.findChildren(RagChip)] == [True]
    said = texts(dialog)
    assert "Too little is answered to say what it means for placements." in said
    assert not any(text.startswith("Placements need a decision") for text in said)


def test_a_signed_off_visit_is_no_longer_so_far(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    services.visits.answer(visit_id, FINDING, value="not_checked", reason="The manager was away.")
    screen = desktop.open_visit(visit_id)
    assert "(so far)" in screen.panel_text
    desktop.press(Qt.Key.Key_Return, CTRL)
    desktop.dialog(SignOffDialog)
    desktop.press(Qt.Key.Key_Return)
    assert services.visits.view(visit_id).summary.status == "signed_off"
    assert "so far" not in screen.panel_text


def test_a_saved_report_is_opened_by_enter(
    desktop: Desktop, services: Services, visit_id: str, files: AnswerFiles
) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    desktop.open_visit(visit_id)
    desktop.press(Qt.Key.Key_Return, CTRL)
    dialog = desktop.dialog(SignOffDialog)
    desktop.press(Qt.Key.Key_Return)
    assert desktop.focus == "Save the report (PDF)\u2026"
    desktop.press(Qt.Key.Key_Return)
    [report] = files.folder.glob("*.pdf")
    assert report.name in dialog.messages.text()
    assert desktop.focus == "Open report"
    assert files.shown == []
    desktop.press(Qt.Key.Key_Return)
    assert files.shown == [report]
    files.has_viewer = False
    desktop.press(Qt.Key.Key_Return)
    assert dialog.messages.text().startswith("No program on this laptop opened the report.")


def test_the_next_visit_is_planned_right_after_the_sign_off(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    desktop.open_visit(visit_id)
    desktop.press(Qt.Key.Key_Return, CTRL)
    dialog = desktop.dialog(SignOffDialog)
    desktop.press(Qt.Key.Key_Return)
    visible(dialog, QAbstractButton, "Plan the next visit…").setFocus()
    desktop.press(Qt.Key.Key_Space)
    planning = desktop.dialog_over(PlanVisitDialog)
    assert "last visit on" in planning.why.text(), "the visit just signed off counts already"
    planning.primary.setFocus()
    desktop.press(Qt.Key.Key_Space)
    setting = services.visits.view(visit_id).summary.setting_id
    assert [one.state for one in services.planning.list(setting, open_only=True)] == ["planned"]
    assert dialog.isVisible(), "the report can still be saved"
