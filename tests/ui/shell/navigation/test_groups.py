"""The left side groups its pages, each with its key; F1 begins with the page that is open."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from tests.support.window.every_screen import Busy
from tests.support.window.screens import said
from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.help import HelpDialog
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.pages import GROUPS, NUMBERED, PAGES, groups
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import go_keys, window_keys


def test_every_page_is_in_one_group() -> None:
    listed = [name for names in GROUPS for name in names]
    assert sorted(listed) == sorted(PAGES)
    assert [names for _, names in groups()] == [list(names) for names in GROUPS]


def test_no_key_does_two_things_everywhere() -> None:
    numbers = [f"Ctrl+{number}" for number, _ in enumerate(NUMBERED, 1)]
    keys = numbers + [sequence for key in window_keys() for sequence in key.keys]
    assert sorted(keys) == sorted(set(keys)), "Qt presses neither of two that have one key"


def test_every_page_shows_its_key(desktop: Desktop) -> None:
    keys = go_keys(NUMBERED)
    for name, entry in desktop.window.navigation.buttons.items():
        assert keys[name] in entry.toolTip()
        assert keys[name] in entry.accessibleDescription()
        assert keys[name] in [one.text() for one in entry.findChildren(QLabel)]


def test_every_search_names_the_key_that_leads_to_it(desktop: Desktop) -> None:
    (key,) = (one for one in window_keys() if one.command == "search")
    named = []
    for name in desktop.window.navigation.buttons:
        desktop.window.go(Route(name))
        page = next(one for one in desktop.window.findChildren(Page) if one.isVisible())
        hints = [one.placeholderText() for one in page.findChildren(QLineEdit)]
        named += [hint for hint in hints if "Ctrl" in hint]
    assert len(named) > 5
    assert all(hint.endswith(key.shown) for hint in named), named


def test_the_focus_goes_through_them_in_the_order_shown(desktop: Desktop) -> None:
    desktop.window.navigation.buttons["today"].setFocus()
    passed = []
    for _ in desktop.window.navigation.buttons:
        passed.append(desktop.focus.split(",")[0])
        desktop.press(Qt.Key.Key_Tab)
    titles = [one.title for one in desktop.window.navigation.buttons.values()]
    assert passed == titles


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("today", "On the page Today"),
        ("visit", "On a visit"),
        ("sync", "On the Sync page"),
        ("setting", "On a setting"),
        ("portfolio", "On other pages"),
    ],
)
def test_the_keys_begin_with_those_of_the_page(
    desktop: Desktop, busy: Busy, page: str, heading: str
) -> None:
    desktop.window.go(Route(page, {"visit": busy.visit, "setting": busy.setting}.get(page, "")))
    desktop.press(Qt.Key.Key_F1)
    dialog = desktop.dialog(HelpDialog)
    headings = [text for text in said(dialog) if text.startswith(("On ", "Everywhere"))]
    assert headings[:2] == [heading, "Everywhere"]
    assert len(headings) == len(set(headings)) == 12
