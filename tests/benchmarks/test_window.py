"""The window on the device of the speed targets: its pages, a key press, scrolling."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from tests.support.benchmarks.bare_table import BareTable
from tests.support.benchmarks.figures import Figure, in_turns, ratios
from tests.support.desk.desks import FORM, Clock, open_desk
from tests.support.desk.keyrings import FolderKeyring
from tests.support.forms.answers import best_answers
from tests.support.window.windows import WAIT_MS, AnswerFiles
from visitapp.services.services import Services
from visitapp.ui.shell.pages import PAGES
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.table import RowTable

TIMERS = (time.perf_counter, time.process_time)
PAGE, ANSWER, FRAME_MS = 3.0, 4.0, 1000 / 60
"""A page to a bare table of its rows; an answer to one commit; a frame."""
FRAMES = 60
BUILDING_MS = 5000
"""In which the cards of a visit that are out of view have been made."""

# An alarm that strikes within a callback of Qt's is wrapped again at each of those that follow.
pytestmark = [
    pytest.mark.timeout(3600, method="thread"),
    pytest.mark.qt_log_ignore("propagateSizeHints"),
]


@pytest.fixture(scope="module")
def services(device: Path) -> Iterator[Services]:
    with open_desk(device / "profile", Clock(), FolderKeyring(device / "keyring")) as services:
        yield services


@pytest.fixture(scope="module")
def window(qapp: QApplication, device: Path, services: Services) -> Iterator[MainWindow]:
    window = MainWindow(
        services, Look(qapp, "light"), Preferences(device / "profile"), AnswerFiles(device)
    )
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    yield window
    window.closing.close_anyway()


def measured(runs: int, works: list[Callable[[], object]], times: int) -> list[list[list[float]]]:
    """By the clock and of a processor: each work in each run."""
    return [in_turns(runs, timer, works, times) for timer in TIMERS]


@pytest.mark.parametrize("page", PAGES)
def test_a_page(window: MainWindow, page: str, runs: int, figures: list[Figure]) -> None:
    """From the request to the end of the painting, beside a bare table of as many rows. A page of
    cards is measured beside a table without any."""
    window.go(Route(page))
    rows = _rows(window)
    bare = BareTable()
    bare.resize(1200, 700)
    bare.show()

    def ours() -> None:
        window.page().refresh()
        QApplication.processEvents()

    def theirs() -> None:
        bare.bare.show(rows)
        QApplication.processEvents()

    clock, processor = measured(runs, [ours, theirs], 3)
    in_ms = ([seconds * 1000 for seconds in took[0]] for took in (clock, processor))
    figures.append(Figure(f"page {page}", "ms", *in_ms))
    if rows:
        name = f"page {page}, {len(rows):,} rows, to a bare table"
        figures.append(Figure(name, "x", ratios(*clock), ratios(*processor), PAGE))
    bare.close()


def _rows(window: MainWindow) -> list[list[str]]:
    """The texts of the largest table in view."""
    tables = [one.rows for one in window.page().findChildren(RowTable) if one.isVisible()]
    if not tables:
        return []
    model = max(tables, key=lambda one: one.rowCount())
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_key_to_a_saved_and_painted_answer(
    window: MainWindow, services: Services, qtbot: QtBot, runs: int, figures: list[Figure]
) -> None:
    """On a whole form with every question answered, beside one encrypted commit of a row."""
    visit = services.visits.start(services.portfolio.rows()[0].setting_id, FORM).id
    form = services.visits.form(visit)
    services.visits.answer_all(visit, best_answers(form))
    question = next(q.id for q in form.questions.values() if q.type == "choice")
    window.activateWindow()
    window.go(Route("visit", visit, question))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=WAIT_MS)
    qtbot.wait(BUILDING_MS)
    keys, values = cycle("123"), cycle(('"met"', '"partly"'))

    def press() -> None:
        QTest.keyClick(QApplication.focusWidget(), next(keys))
        QApplication.processEvents()

    def commit() -> None:
        with services.desk.database.storing() as connection:
            statement = text(
                "UPDATE answer SET value = :value WHERE visit_id = :v AND question = :q"
            )
            connection.execute(statement, {"value": next(values), "v": visit, "q": question})

    before = services.visits.view(visit).answers[question].value
    press()
    press()
    assert services.visits.view(visit).answers[question].value != before
    clock, processor = measured(runs, [press, commit], 20)
    for name, place in (("a key to a saved and painted answer", 0), ("one encrypted commit", 1)):
        in_ms = ([seconds * 1000 for seconds in took[place]] for took in (clock, processor))
        figures.append(Figure(name, "ms", *in_ms))
    name = "a key to a saved answer, to one commit"
    figures.append(Figure(name, "x", ratios(*clock), ratios(*processor), ANSWER))


def test_scrolling_the_actions(window: MainWindow, runs: int, figures: list[Figure]) -> None:
    """Some ten rows a frame, from the bar to the end of the painting: what 19 frames in 20 beat."""
    window.go(Route("actions"))
    QApplication.processEvents()
    table = next(one for one in window.page().findChildren(RowTable) if one.isVisible())
    assert table.rows.rowCount() >= 10_000
    areas = window.page().findChildren(QAbstractScrollArea)
    bar = max((area.verticalScrollBar() for area in areas), key=lambda one: one.maximum())
    step, took = table.rowHeight(0) * 10, [list[float](), list[float]()]
    assert bar.maximum() > step * FRAMES
    for timer, of_all in zip(TIMERS, took, strict=True):
        for _ in range(runs):
            bar.setValue(0)
            QApplication.processEvents()
            frames = []
            for _ in range(FRAMES):
                start = timer()
                bar.setValue(bar.value() + step)
                QApplication.processEvents()
                frames.append((timer() - start) * 1000)
            of_all.append(sorted(frames)[FRAMES * 95 // 100])
    figures.append(Figure("a frame of scrolling 70,000 actions", "ms", *took, FRAME_MS))
