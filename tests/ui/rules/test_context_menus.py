"""The menu of every list offers what the keys do there, with the key beside it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.support.window.every_screen import Busy, pages
from tests.support.window.windows import Desktop
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import KEY
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import Button

POPUPS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""Without a screen a menu cannot take the keyboard."""
ALT = Qt.KeyboardModifier.AltModifier


@POPUPS
def test_the_menu_of_every_page_has_what_its_keys_do(desktop: Desktop, busy: Busy) -> None:
    for route in pages(busy):
        desktop.window.go(route)
        desktop.settle()
        keyed = [
            one.text()
            for one in desktop.window.page().findChildren(Button)
            if one.property(KEY) and one.isVisible() and one.isEnabled()
        ]
        if keyed:
            assert set(keyed) <= set(desktop.menu_entries), route


@POPUPS
@pytest.mark.parametrize("page", ["portfolio", "visits", "actions", "concerns"])
def test_the_menu_of_a_list_opens_the_row_in_focus(desktop: Desktop, busy: Busy, page: str) -> None:
    desktop.window.go(Route(page))
    desktop.wake()
    table = QApplication.focusWidget()
    assert isinstance(table, RowTable)
    assert desktop.menu_entries[0] == "Open"
    assert desktop.menu_entries[-1] == "Export this list…"
    opened: list[object] = []
    table.opened.connect(opened.append)
    marked = table.current()
    desktop.menu("Open")
    assert opened == [marked]


@POPUPS
def test_a_line_of_today_is_left_by_its_menu(desktop: Desktop, busy: Busy) -> None:
    desktop.press(Qt.Key.Key_Home, ALT)
    before = len(desktop.today.page.lines)
    assert "Leave the line until tomorrow" in desktop.menu_entries
    desktop.menu("Leave the line until tomorrow")
    assert len(desktop.today.page.lines) == before - 1
