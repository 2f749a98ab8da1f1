"""F1 leads to the guide, which opens at the task of the page in view."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.guide import GuideDialog
from visitapp.ui.dialogs.help import HelpDialog

TAB, ENTER, SHIFT = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier


def opened(desktop: Desktop) -> GuideDialog:
    desktop.press(Qt.Key.Key_F1)
    desktop.dialog(HelpDialog)
    for _ in range(4):
        if desktop.focus == "Guide":
            break
        desktop.press(TAB)
    desktop.press(ENTER)
    return desktop.dialog(GuideDialog)


def test_it_opens_at_the_page_in_view_and_another_task_is_chosen(
    desktop: Desktop, visit_id: str
) -> None:
    desktop.open_visit(visit_id)
    guide = opened(desktop)
    assert desktop.focus == "Task"
    assert guide.task.currentText() == "Carry out a visit"
    assert "Page Down" in guide.text.toPlainText()
    desktop.press(Qt.Key.Key_Down)
    assert guide.task.currentText() == "Sign off and hand over"
    assert "Write the summary." in guide.text.toPlainText()


def test_a_link_is_followed_by_keys(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    guide = opened(desktop)
    desktop.press(TAB)
    assert desktop.focus == "How it is done"
    desktop.press(TAB)
    desktop.press(ENTER)
    assert guide.isVisible(), "Enter on a link follows it"
    assert guide.task.currentText() == "Sign off and hand over"
    desktop.press(Qt.Key.Key_Escape)
    assert not guide.isVisible()
