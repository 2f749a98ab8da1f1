"""The focus is always on something that a person sees, and a page scrolls to it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.support.window.every_screen import Busy, pages
from tests.support.window.screens import visible
from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.dialog import DialogBody
from visitapp.ui.dialogs.fields import DayField
from visitapp.ui.shell.pages import NAMES
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.focus_order import tab_stops
from visitapp.ui.widgets.text import label

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 30)


@pytest.mark.parametrize("page", NAMES)
def test_a_page_that_is_gone_to_has_the_focus_on_something_in_view(
    desktop: Desktop, busy: Busy, page: str
) -> None:
    [route] = [route for route in pages(busy) if route.page == page]
    desktop.window.go(route)
    desktop.wake()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused is not desktop.window.page()
    assert focused.accessibleName() != ""
    desktop.until(lambda: not focused.visibleRegion().isEmpty())


@pytest.mark.parametrize(
    ("key", "held", "shown"),
    [
        ("n", CTRL, "Start a visit"),
        ("r", CTRL, "Assess risk"),
        ("n", CTRL | Qt.KeyboardModifier.ShiftModifier, "Add an action"),
    ],
)
def test_what_a_setting_offers_has_a_key(
    desktop: Desktop, heather: str, key: str, held: Qt.KeyboardModifier, shown: str
) -> None:
    desktop.setting.go(heather)
    desktop.press(key, held)
    assert desktop.dialog_title == shown


def test_the_report_of_a_setting_has_a_key(desktop: Desktop, busy: Busy) -> None:
    desktop.setting.go(busy.setting)
    desktop.press("p", CTRL)
    desktop.until(lambda: any(desktop.folder.rglob("*.pdf")))


@pytest.mark.parametrize(
    ("held", "shown"),
    [(CTRL, "Start a visit"), (CTRL | Qt.KeyboardModifier.ShiftModifier, "Add a setting")],
)
def test_what_the_portfolio_offers_has_a_key(
    desktop: Desktop, heather: str, held: Qt.KeyboardModifier, shown: str
) -> None:
    desktop.open_portfolio()
    desktop.press("n", held)
    assert desktop.dialog_title == shown


def test_tab_goes_through_a_setting_in_the_order_of_reading(desktop: Desktop, busy: Busy) -> None:
    desktop.setting.go(busy.setting)
    desktop.settle()
    for card in (desktop.setting.page.exceptions, desktop.setting.page.planning):
        assert card.isVisible()
    visible(desktop.window, QAbstractButton, "Record a regulator's action…").setFocus()
    passed = []
    while desktop.focus != "Add an action to the plan":
        desktop.press(Qt.Key.Key_Tab)
        passed.append(desktop.focus.split(":")[0])
    assert passed == [
        "Escalation",
        "Risk assessment, P31",
        "Withdraw, P31",
        *("Concern", "Log a concern"),
        *("Support", "Refer a theme for support…"),
        *("Move", "Confirm", "Cancel", "Plan a visit…", "Briefing"),
        *("Action", "Action", "Add an action to the plan"),
    ]
    for _ in passed[:-1]:
        desktop.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert desktop.focus == "Escalation"


def test_tab_leaves_out_no_control_of_any_page(desktop: Desktop, busy: Busy) -> None:
    central = desktop.window.content
    for route in pages(busy):
        desktop.window.go(route)
        desktop.settle()
        taking = {
            widget
            for widget in central.findChildren(QWidget)
            if widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
        }
        assert set(tab_stops(central)) == taking, route.page


class _Windows(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_no_part_of_a_page_is_ever_a_window_of_its_own(
    desktop: Desktop, busy: Busy, qapp: QApplication
) -> None:
    windows = _Windows()
    qapp.installEventFilter(windows)
    for route in pages(busy):
        desktop.window.go(route)
        desktop.settle()
    qapp.removeEventFilter(windows)
    assert windows.shown == []
    assert QApplication.activeWindow() is desktop.window


def test_a_page_follows_the_focus_that_an_arrow_key_moves(qtbot: QtBot) -> None:
    column = ScrollColumn("Choices")
    first, second = QRadioButton("Near"), QRadioButton("Far")
    column.column.addWidget(first)
    column.column.addWidget(label("\n" * 80))
    column.column.addWidget(second)
    qtbot.addWidget(column)
    column.resize(300, 200)
    column.show()
    column.activateWindow()
    qtbot.waitUntil(column.isActiveWindow, timeout=60_000)
    first.setFocus()
    assert second.visibleRegion().isEmpty()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.waitUntil(lambda: not second.visibleRegion().isEmpty(), timeout=60_000)


def test_a_hint_that_appears_leaves_the_field_in_focus_in_view(qtbot: QtBot) -> None:
    body = DialogBody("Log a concern")
    qtbot.addWidget(body)
    text, day = QPlainTextEdit(), DayField("Happened on", TODAY)
    text.setMinimumHeight(72)
    body.column.addWidget(text)
    body.column.addWidget(day)
    body.resize(400, 130)
    body.show()
    qtbot.waitExposed(body)
    day.setFocus()
    QTest.keyClicks(day.text, "31/12/2030")
    assert day.hint.isVisible()
    qtbot.waitUntil(lambda: day.text.visibleRegion().boundingRect() == day.text.rect())
