"""Enter presses the button in focus: a button, a link, a filter, a place on the left, Cancel."""

from __future__ import annotations

from inspect import isfunction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QListWidget,
    QRadioButton,
    QWidget,
)

from tests.support.window.every_screen import Busy
from tests.support.window.screens import Screen, visible
from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.actions.action import ActionDialog
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.settings.add_setting import AddSettingDialog
from visitapp.ui.dialogs.sync.connect import ConnectDialog
from visitapp.ui.dialogs.visits.discard_visit import DiscardVisitDialog
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.table import RowTable


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


def press_at(moment: int) -> None:
    """Press Enter at a time of the system's clock, in ms."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QApplication.sendEvent(focused, enter(moment))


def enter(moment: int) -> QKeyEvent:
    """The press of Enter at a time of the system's clock, in ms."""
    pressed = QKeyEvent(
        QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r"
    )
    pressed.setTimestamp(moment)
    return pressed


def test_enter_pressed_twice_at_once_presses_one_button(desktop: Desktop, busy: Busy) -> None:
    first = visible(desktop.window, QAbstractButton, "High risk")
    second = visible(desktop.window, QAbstractButton, "Sync")
    first.clicked.connect(lambda: second.setFocus())
    first.setFocus()
    press_at(1000)
    assert desktop.focus == "Sync"
    press_at(1100)
    assert desktop.shown == "Portfolio"
    press_at(1100 + 2 * QApplication.doubleClickInterval())
    assert desktop.shown == "Sync"


class _Erasing(Dialog):
    erased = False

    def attempt(self) -> None:
        self.erased = True


def test_enter_pressed_twice_at_once_agrees_to_no_dialog_that_it_opened(
    desktop: Desktop, busy: Busy
) -> None:
    first = visible(desktop.window, QAbstractButton, "High risk")
    dialog = _Erasing(desktop.window, "Erase it", "Erase")
    first.clicked.connect(lambda: dialog.open())
    first.setFocus()
    press_at(1000)
    desktop.until(dialog.primary.hasFocus)
    press_at(1100)
    assert not dialog.erased
    press_at(1100 + 2 * QApplication.doubleClickInterval())
    assert dialog.erased


def test_enter_pressed_twice_at_once_does_not_start_the_visit_it_asks_about(
    desktop: Desktop, heather: str
) -> None:
    desktop.window.go(Route("setting", heather))
    visible(desktop.window, QAbstractButton, "Start a visit").setFocus()
    press_at(1000)
    dialog = desktop.dialog(StartVisitDialog)
    press_at(1100)
    assert dialog.isVisible()
    press_at(1100 + 2 * QApplication.doubleClickInterval())
    assert not dialog.isVisible()
    assert desktop.shown == "Visit"


def test_ctrl_enter_saves_from_a_text_of_several_lines(desktop: Desktop, busy: Busy) -> None:
    desktop.window.go(Route("visit", busy.visit))
    desktop.window.dialogs.visit.discard(busy.visit)
    dialog = desktop.dialog(DiscardVisitDialog)
    dialog.reason.setFocus()
    desktop.type("Started at")
    desktop.press(Qt.Key.Key_Return)
    desktop.type("the wrong setting")
    assert dialog.reason.toPlainText() == "Started at\nthe wrong setting"
    desktop.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    assert busy.visit not in [visit.id for visit in desktop.services.visits.list()]


def test_ctrl_enter_saves_from_a_field_of_one_line(desktop: Desktop, busy: Busy) -> None:
    desktop.window.go(Route("actions"))
    desktop.press(Qt.Key.Key_Return)
    dialog = desktop.dialog(ActionDialog)
    dialog.title.setFocus()
    desktop.type("Mend it sooner")
    desktop.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    assert any("Mend it sooner" in row.title for row in desktop.services.actions.list())


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton, QListWidget])
def test_ctrl_enter_agrees_from_what_is_ticked(
    desktop: Desktop, busy: Busy, kind: type[QWidget]
) -> None:
    dialog = _Erasing(desktop.window, "Erase it", "Erase")
    ticked = kind()
    dialog.add_field("What to erase", ticked)
    dialog.open()
    desktop.dialog(_Erasing)
    ticked.setFocus()
    desktop.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.erased


def test_no_dialog_replaces_what_every_dialog_does() -> None:
    own = {name for name, one in vars(Dialog).items() if name[0] == "_" and isfunction(one)}
    kinds = Dialog.__subclasses__()
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
        assert not own - {"__init__"} & set(vars(kind)), kind


def test_enter_that_closes_a_dialog_presses_nothing_behind_it(desktop: Desktop, busy: Busy) -> None:
    desktop.press(Qt.Key.Key_F5)
    dialog = desktop.dialog(ConnectDialog)
    Screen(desktop, dialog).field(QAbstractButton, "Cancel").setFocus()
    press_at(1000)
    assert not dialog.isVisible()
    desktop.wake()
    visible(desktop.window, QAbstractButton, "Sync").setFocus()
    press_at(1100)
    assert desktop.shown == "Portfolio"


@pytest.mark.parametrize(("key", "page"), [("2", "Visits"), ("3", "Actions"), ("1", "Portfolio")])
def test_a_list_that_is_gone_to_by_key_marks_a_row_that_enter_opens(
    desktop: Desktop, busy: Busy, key: str, page: str
) -> None:
    desktop.window.go(Route("sync"))
    desktop.press(key, Qt.KeyboardModifier.ControlModifier)
    assert desktop.shown == page
    table = QApplication.focusWidget()
    assert isinstance(table, RowTable)
    assert table.current() is table.rows.rows[0]
    opened: list[object] = []
    table.opened.connect(opened.append)
    desktop.press(Qt.Key.Key_Return)
    assert len(opened) == 1


@pytest.mark.parametrize("page", ["portfolio", "visits", "actions", "review"])
def test_enter_in_a_search_presses_no_button(desktop: Desktop, busy: Busy, page: str) -> None:
    desktop.window.go(Route(page))
    desktop.press("f", Qt.KeyboardModifier.ControlModifier)
    desktop.type("heather")
    pressed: list[bool] = []
    for button in desktop.window.findChildren(QAbstractButton):
        button.clicked.connect(pressed.append)
    desktop.press(Qt.Key.Key_Return)
    assert pressed == []
    assert desktop.shown == ("Setting" if page == "portfolio" else page.title())


def test_enter_that_opens_a_setting_from_the_list_presses_nothing_there(
    desktop: Desktop, busy: Busy
) -> None:
    desktop.portfolio.table.open(0)
    assert (desktop.shown, desktop.focus) == ("Setting", "Continue the visit")


def test_enter_pressed_twice_at_once_opens_a_row_once(desktop: Desktop, busy: Busy) -> None:
    desktop.window.go(Route("actions"))
    table = QApplication.focusWidget()
    assert isinstance(table, RowTable)
    opened: list[object] = []
    table.opened.connect(opened.append)
    press_at(1000)
    dialog = desktop.dialog(ActionDialog)
    title = dialog.title.text()
    table.setFocus()
    QApplication.sendEvent(table, enter(1100))
    assert len(opened) == 1
    dialog.title.setFocus()
    press_at(1200)
    assert dialog.isVisible(), "the second press does not save what the first opened"
    assert dialog.title.text() == title
    press_at(1200 + 2 * QApplication.doubleClickInterval())
    assert not dialog.isVisible()
