"""Snippets in a note, by keys: by name and Tab, from the menu, and the list of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.support.window.windows import Desktop
from visitapp.services.snippets import Snippet
from visitapp.ui.dialogs.visits.snippets import SnippetDialog, SnippetsDialog

CTRL = Qt.KeyboardModifier.ControlModifier
TAB, ENTER, DOWN, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape
FALLS = "Read the falls log with the deputy."


def begin_note(desktop: Desktop, visit_id: str) -> str:
    screen = desktop.open_visit(visit_id, "provider_oversight")
    desktop.press(ESC)
    desktop.press("n")
    return screen.current


def test_its_name_and_tab_insert_it(desktop: Desktop, visit_id: str) -> None:
    desktop.services.snippets.keep("falls", FALLS)
    question = begin_note(desktop, visit_id)
    desktop.type("Seen twice. ;falls")
    desktop.press(TAB)
    assert desktop.visit.note(question) == f"Seen twice. {FALLS}"
    desktop.press("z", CTRL)
    assert desktop.visit.note(question) == "Seen twice. ;falls"
    desktop.press(TAB)
    desktop.press(ESC)
    answer = desktop.services.visits.view(visit_id).answers[question]
    assert answer.note == f"Seen twice. {FALLS}"


def test_tab_goes_on_where_nothing_has_that_name(desktop: Desktop, visit_id: str) -> None:
    question = begin_note(desktop, visit_id)
    desktop.type(";other")
    field = QApplication.focusWidget()
    desktop.press(TAB)
    assert QApplication.focusWidget() is not field
    assert desktop.visit.note(question) == ";other"


@pytest.mark.qt_log_level_fail("CRITICAL")  # a menu cannot grab keys without a screen
def test_a_menu_inserts_one_at_the_caret(desktop: Desktop, visit_id: str) -> None:
    desktop.services.snippets.keep("falls", FALLS)
    desktop.services.snippets.keep("rota", "Compared with the rota.")
    screen = desktop.open_visit(visit_id, "provider_oversight")
    desktop.press(ESC)
    desktop.press("j", CTRL)
    menu = desktop.visit.page.room.snippets.menu
    desktop.until(menu.isVisible)
    lines = [action.text() for action in menu.actions() if action.text()]
    assert lines == [f";falls   {FALLS}", ";rota   Compared with the rota.", "Manage snippets…"]
    desktop.qtbot.keyClick(menu, DOWN)
    desktop.qtbot.keyClick(menu, ENTER)
    desktop.until(lambda: not menu.isVisible())
    assert screen.note(screen.current) == "Compared with the rota."


def test_they_are_added_changed_and_deleted_with_undo(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.visit.page.room.ask("manage_snippets")
    listed = desktop.dialog(SnippetsDialog)
    desktop.press(ENTER)
    adding = desktop.dialog_over(SnippetDialog)
    desktop.type("falls")
    desktop.press(TAB)
    desktop.type(FALLS)
    desktop.press(ENTER, CTRL)
    desktop.until(lambda: not adding.isVisible())
    snippets = desktop.services.snippets
    assert snippets.all() == [Snippet("falls", FALLS)]
    desktop.wake()
    desktop.until(lambda: QApplication.activeWindow() is listed)
    listed.delete.setFocus()
    desktop.press(Qt.Key.Key_Space)
    assert snippets.all() == []
    assert desktop.focus == "Undo"
    desktop.press(Qt.Key.Key_Space)
    assert snippets.all() == [Snippet("falls", FALLS)]
    desktop.press(ENTER)
    changing = desktop.dialog_over(SnippetDialog)
    desktop.press("a", CTRL)
    desktop.type("two words")
    desktop.press(ENTER, CTRL)
    assert "no blanks" in changing.messages.text()
    assert snippets.all() == [Snippet("falls", FALLS)]
