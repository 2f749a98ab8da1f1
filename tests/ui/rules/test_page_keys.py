"""The keys of a page work wherever the focus is in the window, also at the pages on the left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.support.window.every_screen import Busy
from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.settings.add_setting import AddSettingDialog
from visitapp.ui.dialogs.settings.assess_risk import AssessRiskDialog
from visitapp.ui.dialogs.sync.connect import ConnectDialog
from visitapp.ui.shell.routes import Route

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("route", ["portfolio", "visits", "actions", "review", "sync"])
def test_a_page_is_gone_to_from_the_pages_on_the_left(
    desktop: Desktop, busy: Busy, route: str
) -> None:
    desktop.window.go(Route(route))
    desktop.window.navigation.buttons[route].setFocus()
    desktop.press("2", CTRL)
    assert desktop.shown == "Visits"
    desktop.window.navigation.buttons[route].setFocus()
    desktop.press("1", CTRL)
    assert desktop.shown == "Portfolio"


def test_what_a_page_does_by_key_it_does_from_there_too(desktop: Desktop, busy: Busy) -> None:
    places = desktop.window.navigation.buttons
    places["portfolio"].setFocus()
    desktop.press("n", CTRL | SHIFT)
    dialog = desktop.dialog(AddSettingDialog)
    desktop.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    desktop.window.go(Route("setting", busy.setting))
    places["portfolio"].setFocus()
    desktop.press("r", CTRL)
    desktop.dialog(AssessRiskDialog).reject()
    desktop.window.go(Route("sync"))
    places["sync"].setFocus()
    desktop.press("l", CTRL)
    desktop.dialog(ConnectDialog).reject()


def test_a_page_that_is_not_in_view_does_nothing(desktop: Desktop, busy: Busy) -> None:
    desktop.window.go(Route("setting", busy.setting))
    desktop.window.go(Route("sync"))
    desktop.window.navigation.buttons["sync"].setFocus()
    desktop.press("n", CTRL)
    assert desktop.shown == "Sync"


def test_a_letter_acts_only_where_the_focus_is(desktop: Desktop, busy: Busy) -> None:
    desktop.window.go(Route("visit", busy.visit))
    desktop.window.go(Route("portfolio"))
    before = desktop.services.visits.view(busy.visit).answers
    desktop.window.navigation.buttons["visits"].setFocus()
    for key in "1jn":
        desktop.press(key)
    assert desktop.shown == "Portfolio"
    assert desktop.services.visits.view(busy.visit).answers == before
