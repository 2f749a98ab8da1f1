"""What is typed is saved after a pause, and at the latest a second and a half after the key."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from visitapp.ui.widgets.idle import LONGEST_MS, IdleSaver


def timers(parent: QObject) -> list[QTimer]:
    """The pause, and the longest wait."""
    return sorted(parent.findChildren(QTimer), key=lambda timer: timer.interval())


def test_a_key_puts_the_pause_off_and_never_the_longest_wait(qapp: QApplication) -> None:
    saved: list[str] = []
    parent = QObject()
    saver = IdleSaver(lambda: saved.append("saved"), parent)
    saver.typed()
    pause, longest = timers(parent)
    assert longest.interval() == LONGEST_MS <= 2000
    wait = longest.timerId()
    for _ in range(1000):
        saver.typed()
    assert longest.timerId() == wait, "a timer that is started again has another id"
    longest.timeout.emit()
    assert saved == ["saved"]
    assert not pause.isActive()


def test_a_save_begins_both_waits_again(qapp: QApplication) -> None:
    saved: list[str] = []
    parent = QObject()
    saver = IdleSaver(lambda: saved.append("saved"), parent)
    saver.typed()
    saver.flush()
    assert not any(timer.isActive() for timer in timers(parent))
    saver.flush()
    assert saved == ["saved"], "nothing waits any more"
    saver.typed()
    assert all(timer.isActive() for timer in timers(parent))
