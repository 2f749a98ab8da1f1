"""When nobody is at the window it locks: work is saved, nothing can be read, and it comes back as
it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from tests.support.desk.desks import Clock
from tests.support.window.windows import Desktop
from visitapp.services.services import Services
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.find import FindDialog
from visitapp.ui.dialogs.lock.choose_pin import ChoosePinDialog
from visitapp.ui.dialogs.lock.locked import LockedDialog
from visitapp.ui.shell.lock.idle_watch import IdleWatch

PIN = "284613"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


def readable() -> str:
    """Every text in any window."""
    QApplication.processEvents()
    shown = (w for w in QApplication.allWidgets() if isinstance(w, QLabel | QAbstractButton))
    return "\n".join(one.text() for one in shown if one.isVisible())


def lock(desktop: Desktop) -> LockedDialog:
    desktop.press("w", CTRL, SHIFT)
    return desktop.dialog(LockedDialog)


@pytest.fixture
def with_pin(services: Services) -> None:
    services.locking.choose_pin(PIN)


def test_nothing_can_be_read_and_no_page_gone_to_until_the_pin_is_typed(
    desktop: Desktop, with_pin: None, visit_id: str
) -> None:
    desktop.open_visit(visit_id)
    assert "Heather Bank" in readable()
    dialog = lock(desktop)
    assert "Heather Bank" not in readable()
    for key in ("2", "k"):
        desktop.press(key, CTRL)
    desktop.press(ESC)
    assert dialog.isVisible()
    desktop.type("wrong one")
    desktop.press(ENTER)
    assert dialog.isVisible()
    assert "not the PIN" in dialog.messages.text()
    desktop.type(PIN)
    desktop.press(ENTER)
    desktop.until(lambda: not desktop.window.lock.is_locked)
    assert desktop.shown == "Visit"
    assert "Heather Bank" in readable()


def test_what_is_typed_is_saved_first_and_the_focus_comes_back(
    desktop: Desktop, with_pin: None, visit_id: str
) -> None:
    desktop.open_visit(visit_id, "registered_manager")
    desktop.press("n")
    desktop.type("Half a sent")
    before = desktop.focus
    lock(desktop)
    answer = desktop.services.visits.view(visit_id).answers["registered_manager"]
    assert "Half a sent" in str(answer)
    desktop.type(PIN)
    desktop.press(ENTER)
    desktop.until(lambda: desktop.focus == before)


def test_a_dialog_is_hidden_and_comes_back_with_what_was_typed(
    desktop: Desktop, with_pin: None
) -> None:
    desktop.window.dialogs.providers.add()
    dialog = desktop.dialog(Dialog)
    desktop.type("Half a name")
    desktop.window.lock.lock()
    assert not dialog.isVisible()
    desktop.wake()
    desktop.type(PIN)
    desktop.press(ENTER)
    desktop.until(dialog.isVisible)
    assert "Half a name" in dialog._texts()
    dialog.reject()


@pytest.fixture
def watch(desktop: Desktop, with_pin: None, clock: Clock) -> IdleWatch:
    """By the clock of the test, at the window."""
    watch = IdleWatch(desktop.services.locking.minutes, clock, desktop.window)
    watch.idled.connect(desktop.window.lock.lock)
    watch.watch(desktop.window.windowHandle())
    return watch


def test_it_locks_after_the_minutes_of_the_policy(
    desktop: Desktop, watch: IdleWatch, clock: Clock
) -> None:
    minutes = desktop.services.locking.minutes()
    clock.now += timedelta(minutes=minutes - 1)
    watch.look()
    assert not desktop.window.lock.is_locked
    clock.now += timedelta(minutes=1)
    watch.look()
    assert desktop.window.lock.is_locked


def test_a_key_begins_the_minutes_again(desktop: Desktop, watch: IdleWatch, clock: Clock) -> None:
    minutes = desktop.services.locking.minutes()
    clock.now += timedelta(minutes=minutes - 1)
    QTest.keyClick(desktop.window.windowHandle(), Qt.Key.Key_Shift)
    clock.now += timedelta(minutes=minutes - 1)
    watch.look()
    assert not desktop.window.lock.is_locked


def test_the_first_key_after_a_sleep_locks_and_does_nothing_else(
    desktop: Desktop, watch: IdleWatch, clock: Clock
) -> None:
    clock.now += timedelta(hours=9)
    QTest.keyClick(desktop.window.windowHandle(), Qt.Key.Key_2, CTRL)
    assert desktop.window.lock.is_locked
    assert desktop.shown == "Portfolio"


def test_without_a_pin_it_hides_and_says_that_anybody_can_unlock(desktop: Desktop) -> None:
    lock(desktop)
    assert "Anybody at this laptop can unlock it" in readable()
    desktop.press(ENTER)
    desktop.until(lambda: not desktop.window.lock.is_locked)


def test_a_pin_is_chosen_by_keys_and_asked_for_at_the_next_start(desktop: Desktop) -> None:
    desktop.press("k", CTRL)
    desktop.dialog(FindDialog)
    desktop.type("pin for")
    desktop.press(ENTER)
    desktop.until(lambda: desktop.dialog_title == "Choose a PIN")
    dialog = desktop.dialog(ChoosePinDialog)
    desktop.type(PIN)
    desktop.press(Qt.Key.Key_Tab)
    desktop.type("284614")
    desktop.press(ENTER)
    assert "differ" in dialog.messages.text()
    desktop.press(Qt.Key.Key_A, CTRL)
    desktop.type(PIN)
    desktop.press(ENTER)
    desktop.until(lambda: QApplication.activeModalWidget() is None)
    desktop.window.begin("")
    assert desktop.window.lock.is_locked
