"""Changing the text size and the theme with a visit in view, beside one painting."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.benchmarks.figures import Figure, in_turns, ratios
from tests.support.benchmarks.many_settings import fill
from tests.support.desk.desks import FORM, Clock, open_desk
from tests.support.desk.keyrings import FolderKeyring
from tests.support.window.windows import AnswerFiles
from visitapp.records import Role
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

TARGET = 0.2
"""Seconds that a change of theme or text size may take."""


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(qapp, "light")


@pytest.fixture
def window(tmp_path: Path, look: Look) -> Iterator[MainWindow]:
    """A window that shows a whole visit."""
    with open_desk(tmp_path / "profile", Clock(), FolderKeyring(tmp_path / "keyring")) as services:
        services.profile.introduce("Ann Example", Role.OFFICER)
        fill(services, 1)
        visit = services.visits.start(services.portfolio.rows()[0].setting_id, FORM).id
        window = MainWindow(services, look, Preferences(tmp_path), AnswerFiles(tmp_path))
        window.resize(1440, 900)
        window.show()
        window.go(Route("visit", visit))
        yield window
        window.closing.close_anyway()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_change_of_the_look(
    window: MainWindow, look: Look, runs: int, figures: list[Figure]
) -> None:
    themes, scales = cycle(["dark", "light"]), cycle([125, 100])

    def change_theme() -> None:
        look.set(theme=next(themes))
        QApplication.processEvents()

    def change_scale() -> None:
        look.set(scale=next(scales))
        QApplication.processEvents()

    works: list[Callable[[], object]] = [change_theme, change_scale, window.grab]
    clock = in_turns(max(runs, 3), time.perf_counter, works, 4)
    processor = in_turns(max(runs, 3), time.process_time, works, 4)
    for name, place in (("theme", 0), ("text size", 1)):
        took = f"another {name} with a visit in view"
        figures.append(Figure(took, "s", clock[place], processor[place], target=TARGET))
        by_clock = ratios(clock[place], clock[2])
        by_processor = ratios(processor[place], processor[2])
        figures.append(Figure(f"another {name}, to one painting", "x", by_clock, by_processor))
