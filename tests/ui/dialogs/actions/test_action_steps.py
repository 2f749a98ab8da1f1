"""The Action dialog offers the steps that are allowed, and asks for what each one needs."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.window.windows import Desktop
from visitapp.services.views.actions import ActionView
from visitapp.ui.dialogs.actions.action import ActionDialog, edit_action

TODAY = date(2026, 11, 22)


@pytest.fixture
def action(desktop: Desktop, visit_id: str) -> ActionView:
    return desktop.services.actions.add(visit_id, None, "Refresh training", date(2026, 12, 7))


@pytest.fixture
def dialog(qtbot: QtBot, desktop: Desktop, action: ActionView) -> ActionDialog:
    made = edit_action(desktop.window, desktop.services.actions, TODAY, action)
    made.show()
    qtbot.waitExposed(made)
    return made


def choose(dialog: ActionDialog, status: str) -> None:
    """Pick a status with the arrow keys."""
    dialog.status.setFocus()
    for _ in range(dialog.status.count()):
        if dialog.status.currentData() == status:
            return
        QTest.keyClick(dialog.status, Qt.Key.Key_Down)
    raise AssertionError(f"{status} is not offered")


def shown(dialog: ActionDialog) -> list[QWidget]:
    return [w for w in (dialog.reason, dialog.how, dialog.note) if w.isVisible()]


def test_the_allowed_statuses_are_offered(dialog: ActionDialog) -> None:
    offered = [dialog.status.itemText(n) for n in range(dialog.status.count())]
    assert offered == ["Open", "In progress", "Done, to be verified", "Verified", "Withdrawn"]
    assert shown(dialog) == []


def test_verified_asks_how_and_for_a_note(
    desktop: Desktop, dialog: ActionDialog, action: ActionView
) -> None:
    choose(dialog, "verified")
    assert shown(dialog) == [dialog.how, dialog.note]
    QTest.keyClick(dialog.primary, Qt.Key.Key_Space)
    assert dialog.isVisible(), "a verification without a note is not saved"
    assert dialog.focusWidget() is dialog.note
    assert [one.status for one in desktop.services.actions.list()] == ["open"]
    QTest.keyClicks(dialog.note, "Register seen")
    QTest.keyClick(dialog.primary, Qt.Key.Key_Space)
    assert not dialog.isVisible()
    (kept,) = desktop.services.actions.list()
    assert (kept.status, kept.verified_how, kept.verified_note) == (
        *("verified", "visit"),
        "Register seen",
    )


def test_a_later_date_asks_for_a_reason(
    desktop: Desktop, dialog: ActionDialog, action: ActionView
) -> None:
    typed = dialog.due.text
    typed.setFocus()
    typed.selectAll()
    QTest.keyClicks(typed, "8/12/2026")
    QTest.keyClick(typed, Qt.Key.Key_Tab)
    assert shown(dialog) == [dialog.reason]
    QTest.keyClicks(dialog.reason, "Trainer is ill")
    QTest.keyClick(dialog.primary, Qt.Key.Key_Space)
    (kept,) = desktop.services.actions.list()
    assert (kept.due_on, kept.moved_count) == (date(2026, 12, 8), 1)


def test_a_status_that_does_not_come_next_is_said_and_not_chosen(
    desktop: Desktop, dialog: ActionDialog, action: ActionView
) -> None:
    desktop.services.actions.update(action.id, status="withdrawn", reason="Raised twice")
    desktop.window.dialogs.actions.edit(desktop.services.actions.view(action.id), "done")
    opened = desktop.dialog(ActionDialog)
    assert "cannot become “done, to be verified” from here" in opened.messages.text()
    assert opened.status.currentData() == "withdrawn"


def test_a_past_day_is_saved_only_when_enter_is_pressed_twice(
    desktop: Desktop, dialog: ActionDialog, action: ActionView
) -> None:
    typed = dialog.due.text
    typed.setFocus()
    typed.selectAll()
    QTest.keyClicks(typed, "20/11/2026")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "This day is past. Press Save again" in dialog.messages.text()
    assert desktop.services.actions.view(action.id).due_on == date(2026, 12, 7)
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert desktop.services.actions.view(action.id).due_on == date(2026, 11, 20)
