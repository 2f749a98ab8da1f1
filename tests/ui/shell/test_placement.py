"""The window opens inside the screen, and where it was."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtWidgets import QApplication, QWidget

from visitapp.ui.shell.placement import inside, put_on_screen
from visitapp.ui.shell.preferences import Preferences

SIZES = st.integers(1, 5000)
PLACES = st.integers(-5000, 5000)
RECTS = st.builds(QRect, PLACES, PLACES, SIZES, SIZES)


@given(RECTS, RECTS)
def test_the_room_holds_it_wherever_it_was(wanted: QRect, room: QRect) -> None:
    fitted = inside(wanted, room)
    assert room.contains(fitted)
    assert fitted.size() == wanted.size().boundedTo(room.size()), "no smaller than it must be"
    if room.contains(wanted):
        assert fitted == wanted


def test_a_first_start_stays_inside_the_screen(qapp: QApplication) -> None:
    window = QWidget()
    put_on_screen(window, QByteArray())
    screen = qapp.primaryScreen().availableGeometry()
    assert screen.contains(window.geometry())
    assert window.isMaximized() == (screen.width() < 1440 + 16 or screen.height() < 900 + 40)


def test_size_and_place_are_remembered(qapp: QApplication, tmp_path: Path) -> None:
    before = QWidget()
    before.setGeometry(30, 60, 500, 400)
    Preferences(tmp_path).keep_geometry(before.saveGeometry())
    after = QWidget()
    put_on_screen(after, Preferences(tmp_path).geometry)
    assert (after.size(), after.pos()) == (QSize(500, 400), before.pos())


def test_a_window_from_a_larger_screen_is_brought_inside(
    qapp: QApplication, tmp_path: Path
) -> None:
    before = QWidget()
    before.setGeometry(2500, 1500, 3000, 2000)
    after = QWidget()
    put_on_screen(after, before.saveGeometry())
    screen = qapp.primaryScreen().availableGeometry()
    assert screen.contains(after.geometry())
