"""Alt ← and Alt → go through the pages that a person came from, with the focus put back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from tests.support.window.every_screen import Busy
from tests.support.window.screens import visible
from tests.support.window.windows import Desktop

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
BACK, FORWARD = Qt.Key.Key_Left, Qt.Key.Key_Right


def test_the_pages_one_came_from_are_gone_through_both_ways(desktop: Desktop, busy: Busy) -> None:
    desktop.press("2", CTRL)
    desktop.setting.go(busy.setting)
    desktop.open_visit(busy.visit)
    desktop.press("3", CTRL)
    shown = []
    for key in (BACK, BACK, BACK, FORWARD, FORWARD, FORWARD, FORWARD):
        desktop.press(key, ALT)
        shown.append(desktop.shown)
    assert shown == ["Visit", "Setting", "Visits", "Setting", "Visit", "Actions", "Actions"]


def test_a_page_gone_to_ends_the_way_forward(desktop: Desktop, busy: Busy) -> None:
    desktop.press("2", CTRL)
    desktop.press("3", CTRL)
    desktop.press(BACK, ALT)
    desktop.setting.go(busy.setting)
    desktop.press(FORWARD, ALT)
    assert desktop.shown == "Setting"
    desktop.press(BACK, ALT)
    assert desktop.shown == "Visits"


def test_the_focus_is_where_it_was(desktop: Desktop, busy: Busy) -> None:
    desktop.setting.go(busy.setting)
    visible(desktop.window, QAbstractButton, "Record a regulator's action…").setFocus()
    desktop.press("2", CTRL)
    desktop.press(BACK, ALT)
    assert (desktop.shown, desktop.focus) == ("Setting", "Record a regulator's action…")
    desktop.press(FORWARD, ALT)
    assert (desktop.shown, desktop.focus) == ("Visits", "Visits")


def test_the_row_of_a_list_is_marked_again(desktop: Desktop, busy: Busy) -> None:
    desktop.open_portfolio()
    opened = desktop.portfolio.names[1]
    desktop.portfolio.table.open(1)
    assert opened in desktop.setting.said
    desktop.press(BACK, ALT)
    assert desktop.shown == "Portfolio"
    desktop.press(Qt.Key.Key_Return)
    assert desktop.shown == "Setting"
    assert opened in desktop.setting.said


def test_at_the_first_page_there_is_nothing_before(desktop: Desktop, busy: Busy) -> None:
    for _ in range(5):
        desktop.press(BACK, ALT)
    assert desktop.shown == "Today"


def test_what_is_typed_is_saved_before_the_page_goes(desktop: Desktop, busy: Busy) -> None:
    desktop.open_visit(busy.visit, "registered_manager")
    desktop.press("n")
    desktop.type("Seen in the office")
    desktop.press(BACK, ALT)
    assert desktop.shown == "Portfolio"
    answer = desktop.services.visits.view(busy.visit).answers["registered_manager"]
    assert str(answer).count("Seen in the office") == 1


def test_the_way_back_from_one_visit_leads_to_the_other(desktop: Desktop, busy: Busy) -> None:
    other = desktop.services.visits.start(busy.setting, "residential-quality").id
    first = desktop.open_visit(busy.visit).page
    desktop.open_visit(other)
    desktop.press(BACK, ALT)
    assert first.sheet is not None
    assert first.sheet.view.summary.id == busy.visit
    desktop.press(FORWARD, ALT)
    assert first.sheet.view.summary.id == other
