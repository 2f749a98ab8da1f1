"""Spelling in notes, by keys: marked, put right from the menu, and taught."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.visits.own_words import OwnWordsDialog
from visitapp.ui.pages.visit.room.spelling import SpellMarks
from visitapp.ui.widgets.note_editor import NoteEditor

ENTER, ESC, F7, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F7, Qt.Key.Key_Down


def marks(desktop: Desktop) -> SpellMarks:
    return desktop.visit.page.room.spelling


def write(desktop: Desktop, visit_id: str, text: str) -> NoteEditor:
    """Write a note, and wait until its words are marked."""
    desktop.open_visit(visit_id, "provider_oversight")
    desktop.press(ESC)
    desktop.press("n")
    note = QApplication.focusWidget()
    assert isinstance(note, NoteEditor)
    desktop.type(text)
    desktop.until(lambda: bool(marks(desktop).marked(note)))
    return note


def underlined(note: NoteEditor) -> list[str]:
    """The words that the screen shows with a line under them."""
    block = note.document().firstBlock()
    text, layout = block.text(), block.layout()
    return [text[one.start : one.start + one.length] for one in layout.formats()]


@pytest.mark.qt_log_level_fail("CRITICAL")  # a menu cannot grab keys without a screen
def test_a_wrong_word_is_marked_and_put_right_by_keys(desktop: Desktop, visit_id: str) -> None:
    note = write(desktop, visit_id, "Staff recieved training. ")
    desktop.until(lambda: underlined(note) == ["recieved"])
    desktop.press(F7)
    menu = marks(desktop).menu
    desktop.until(menu.isVisible)
    assert menu.actions()[0].text() == "received"
    desktop.qtbot.keyClick(menu, ENTER)
    desktop.until(lambda: not menu.isVisible())
    assert note.toPlainText() == "Staff received training. "
    assert underlined(note) == []
    desktop.press(ESC)
    answer = desktop.services.visits.view(visit_id).answers["provider_oversight"]
    assert answer.note == "Staff received training."


@pytest.mark.qt_log_level_fail("CRITICAL")
def test_a_word_is_taught_from_the_menu(desktop: Desktop, visit_id: str) -> None:
    note = write(desktop, visit_id, "the snozzle was safe")
    desktop.press(F7)
    menu = marks(desktop).menu
    desktop.until(menu.isVisible)
    teach = next(one for one in menu.actions() if "to my words" in one.text())
    teach.trigger()
    menu.close()
    assert desktop.services.spelling.own() == ["snozzle"]
    assert underlined(note) == []
    desktop.press(F7)
    assert "No word is marked in this text." in desktop.toast


def test_marking_saves_nothing_by_itself(desktop: Desktop, visit_id: str) -> None:
    note = write(desktop, visit_id, "teh rota")
    desktop.press(ESC)
    assert note not in (QApplication.focusWidget(),)
    heard: list[None] = []
    note.typing.connect(lambda: heard.append(None))
    marks(desktop).mark_again()
    desktop.settle()
    assert heard == []


def test_ones_own_words_are_added_removed_and_brought_back(desktop: Desktop, visit_id: str) -> None:
    note = write(desktop, visit_id, "the snozzle was safe")
    desktop.visit.page.room.ask("own_words")
    dialog = desktop.dialog(OwnWordsDialog)
    dialog.word.setFocus()
    desktop.type("snozzle")
    desktop.press(ENTER)
    spelling = desktop.services.spelling
    assert spelling.own() == ["snozzle"]
    dialog.remove.setFocus()
    desktop.press(Qt.Key.Key_Space)
    assert spelling.own() == []
    assert desktop.focus == "Undo"
    desktop.press(Qt.Key.Key_Space)
    assert spelling.own() == ["snozzle"]
    dialog.marks.setFocus()
    desktop.press(Qt.Key.Key_Space)
    assert not spelling.on
    desktop.press(ESC)
    desktop.until(lambda: not dialog.isVisible())
    desktop.wake()
    desktop.press(ESC)
    note.setFocus()
    desktop.until(lambda: underlined(note) == [])
