"""A key that lands where the person does not look changes nothing: the question comes into view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.support.window.screens import visible
from tests.support.window.visit_screen import VisitScreen
from tests.support.window.windows import Desktop
from visitapp.ui.pages.visit.area_page import AreaPage
from visitapp.ui.widgets.note_editor import NoteEditor

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
ENTER, BACK = Qt.Key.Key_Return, Qt.Key.Key_Left
SAMPLE = "audit_findings_closed"


@pytest.fixture
def screen(desktop: Desktop, visit_id: str) -> VisitScreen:
    """The visit, in the room that a small laptop gives it."""
    desktop.window.resize(1092, 600)
    screen = desktop.open_visit(visit_id)
    desktop.until(lambda: screen.is_complete)
    desktop.settle()
    return screen


def page_of(screen: VisitScreen) -> AreaPage:
    page = screen.page.area.currentWidget()
    assert isinstance(page, AreaPage)
    return page


def is_seen(screen: VisitScreen) -> bool:
    """Whether the answer of the current question is in view, whole."""
    card = screen.card(screen.current)
    top = card.editor.mapTo(page_of(screen).viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + card.editor.height() <= page_of(screen).viewport().height()


def scroll_away(desktop: Desktop, screen: VisitScreen) -> None:
    """What the mouse wheel does: the focus stays where it was."""
    desktop.settle()
    bar = page_of(screen).verticalScrollBar()
    bar.setValue(bar.maximum() if bar.value() < bar.maximum() // 2 else 0)
    desktop.settle()
    assert not is_seen(screen)


def link_to(desktop: Desktop, screen: VisitScreen, number: str) -> None:
    """Ctrl Enter, and Enter on the line that names the question."""
    review = screen.finish()
    review.press(f"Question {number}")
    desktop.until(lambda: not review.is_open)
    desktop.settle()


def answers(desktop: Desktop, visit_id: str) -> dict[str, object]:
    return dict(desktop.services.visits.view(visit_id).answers)


def test_the_way_back_leads_to_the_question_left_and_not_to_the_last_link(
    desktop: Desktop, visit_id: str, screen: VisitScreen
) -> None:
    link_to(desktop, screen, "1.2")
    assert screen.card(screen.current).question.number == "1.2"
    screen.go(SAMPLE)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    left, before = screen.current, answers(desktop, visit_id)
    desktop.press("3", CTRL)
    desktop.press(BACK, ALT)
    desktop.settle()
    assert screen.current == left
    assert is_seen(screen)
    assert screen.card(left).property("current")
    assert screen.focus_is_on_a_card
    assert answers(desktop, visit_id) == before


def test_the_way_back_leads_to_the_area_left(desktop: Desktop, screen: VisitScreen) -> None:
    link_to(desktop, screen, "1.3")
    for _ in range(3):
        desktop.press(Qt.Key.Key_PageDown)
    desktop.press("j")
    left = screen.current
    desktop.press("3", CTRL)
    desktop.press("2", CTRL)
    desktop.press(BACK, ALT)
    desktop.press(BACK, ALT)
    desktop.settle()
    assert screen.current == left
    assert screen.area_title.startswith("4 ")
    assert is_seen(screen)


def test_a_saved_figure_is_not_typed_over_on_the_way_back(
    desktop: Desktop, visit_id: str, screen: VisitScreen
) -> None:
    screen.go(SAMPLE)
    desktop.type("4")
    desktop.press("3", CTRL)
    desktop.press(BACK, ALT)
    desktop.settle()
    assert screen.current == SAMPLE
    desktop.press("9")
    desktop.press("3", CTRL)
    assert desktop.services.visits.view(visit_id).answers[SAMPLE].checked == 4


@pytest.mark.parametrize("key", ["1", "x", "c", "n", "e", "a", "d", ENTER])
def test_a_key_for_a_question_out_of_view_only_brings_it_into_view(
    desktop: Desktop, visit_id: str, screen: VisitScreen, key: str | Qt.Key
) -> None:
    scroll_away(desktop, screen)
    desktop.press(key)
    desktop.settle()
    assert answers(desktop, visit_id) == {}
    assert is_seen(screen)
    assert "1.1 was out of view" in desktop.toast
    assert QApplication.activeModalWidget() is None
    assert not screen.card(screen.current).findChildren(NoteEditor)


def test_the_next_key_answers_it(desktop: Desktop, visit_id: str, screen: VisitScreen) -> None:
    scroll_away(desktop, screen)
    desktop.press("1")
    desktop.press("1")
    assert list(answers(desktop, visit_id)) == ["registered_manager"]


@pytest.mark.parametrize("key", ["7", Qt.Key.Key_Backspace])
def test_a_figure_out_of_view_takes_no_key(
    desktop: Desktop, visit_id: str, screen: VisitScreen, key: str | Qt.Key
) -> None:
    screen.go(SAMPLE)
    desktop.type("4")
    scroll_away(desktop, screen)
    desktop.press(key)
    assert screen.figures(SAMPLE) == ["4", ""]
    desktop.settle()
    assert is_seen(screen)
    desktop.press(Qt.Key.Key_Escape)
    assert desktop.services.visits.view(visit_id).answers[SAMPLE].checked == 4


def test_a_button_out_of_view_is_not_pressed(
    desktop: Desktop, visit_id: str, screen: VisitScreen
) -> None:
    desktop.press(Qt.Key.Key_Tab)
    for key in (Qt.Key.Key_Space, ENTER):
        scroll_away(desktop, screen)
        desktop.press(key)
        desktop.settle()
        assert answers(desktop, visit_id) == {}
    desktop.press(Qt.Key.Key_Space)
    assert list(answers(desktop, visit_id)) == ["registered_manager"]


def test_no_letter_of_a_note_is_lost_out_of_view(desktop: Desktop, screen: VisitScreen) -> None:
    desktop.press("n")
    desktop.type("Seen")
    bar = page_of(screen).verticalScrollBar()
    bar.setValue(bar.maximum())
    desktop.settle()
    desktop.type(" twice")
    desktop.settle()
    assert screen.note(screen.current) == "Seen twice"
    assert not visible(screen.page, NoteEditor, desktop.focus).visibleRegion().isEmpty()


def test_what_is_in_view_stays_so_when_there_is_less_room(
    desktop: Desktop, visit_id: str, screen: VisitScreen
) -> None:
    desktop.press("j")
    desktop.settle()
    here = screen.current
    card = screen.card(here)
    bottom = card.editor.mapTo(page_of(screen).viewport(), QPoint(0, card.editor.height())).y()
    assert bottom > page_of(screen).viewport().height() - 150
    desktop.window.resize(1092, 440)
    desktop.settle()
    assert is_seen(screen)
    desktop.press("1")
    assert list(answers(desktop, visit_id)) == [here]


def test_what_was_scrolled_away_stays_away_when_there_is_less_room(
    desktop: Desktop, screen: VisitScreen
) -> None:
    scroll_away(desktop, screen)
    desktop.window.resize(1092, 560)
    desktop.settle()
    assert not is_seen(screen)
