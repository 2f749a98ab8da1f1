"""Enter presses the button in focus: a button, a link, a filter, a place on the left, Cancel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from tests.support.window.every_screen import Busy
from tests.support.window.screens import Screen, visible
from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.settings.add_setting import AddSettingDialog
from visitapp.ui.dialogs.sync.connect import ConnectDialog
from visitapp.ui.shell.routes import Route


def enter_on(desktop: Desktop, name: str) -> None:
    """Put the focus on a button as Tab does, and press Enter."""
    button = visible(desktop.window, QAbstractButton, name)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert desktop.focus == name
    desktop.press(Qt.Key.Key_Return)


def test_a_button(desktop: Desktop, busy: Busy) -> None:
    enter_on(desktop, "Add setting")
    assert desktop.dialog(AddSettingDialog).isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_link_and_every_key_that_presses(desktop: Desktop, busy: Busy, key: Qt.Key) -> None:
    desktop.window.go(Route("setting", busy.setting))
    visible(desktop.window, QAbstractButton, "Portfolio \u203a").setFocus()
    desktop.press(key)
    assert desktop.shown == "Portfolio"


def test_with_ctrl_it_presses_nothing(desktop: Desktop, busy: Busy) -> None:
    desktop.window.go(Route("setting", busy.setting))
    visible(desktop.window, QAbstractButton, "Portfolio \u203a").setFocus()
    desktop.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desktop.shown == "Setting"


def test_a_filter_and_a_place_on_the_left(desktop: Desktop, busy: Busy) -> None:
    enter_on(desktop, "High risk")
    assert desktop.portfolio.names == []
    enter_on(desktop, "Sync")
    assert desktop.shown == "Sync"


def test_cancel_in_a_dialog_is_not_its_primary_button(desktop: Desktop, busy: Busy) -> None:
    desktop.press(Qt.Key.Key_F5)
    dialog = desktop.dialog(ConnectDialog)
    screen = Screen(desktop, dialog)
    screen.field(QAbstractButton, "Cancel").setFocus()
    desktop.press(Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert not desktop.services.connection.state().connected
