"""A window that was closed leaves the data alone: it may be closed by then, or erased."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.support.storage.statements import asked_of
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.services.services import Services
from visitapp.services.views.sync import SyncReport
from visitapp.ui.dialogs.sync.hand_in import HandInDialog
from visitapp.ui.dialogs.sync.load_rescue import LoadRescueDialog
from visitapp.ui.shell.operations import Operation, Progress

NEWS = SyncReport(sent=0, accepted=0, merged=0, conflicts=0, refused=[], received=3, revision=9)


def ticking(desktop: Desktop) -> list[QTimer]:
    return [timer for timer in desktop.window.findChildren(QTimer) if timer.isActive()]


def turns() -> None:
    """Several turns of the event loop; a timer of no pause fires at each."""
    for _ in range(20):
        QApplication.processEvents()


def count_again(desktop: Desktop) -> None:
    desktop.window.counts.refresh()


def count_soon(desktop: Desktop) -> None:
    desktop.window.counts.refresh_soon()


def network_changes(desktop: Desktop) -> None:
    desktop.window.background._network.changed.emit()


def news_wait(desktop: Desktop) -> None:
    """They wait because somebody types, and come when the field loses the focus."""
    news = desktop.window._news
    desktop.window.page().header.search.setFocus()
    news.arrived(NEWS)


def look_for_news(desktop: Desktop) -> None:
    desktop.window._news._look()


def cards_are_made(desktop: Desktop) -> None:
    services = desktop.services
    (setting, *_) = services.portfolio.rows()
    desktop.open_visit(services.visits.start(setting.setting_id, "residential-quality").id)
    assert not desktop.visit.is_complete


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(count_again, count_again, id="the counts are read"),
        pytest.param(count_soon, count_soon, id="something was saved"),
        pytest.param(network_changes, network_changes, id="the network changes"),
        pytest.param(news_wait, look_for_news, id="news waited"),
        pytest.param(cards_are_made, count_again, id="cards are made ahead"),
    ],
)
def test_nothing_is_read_any_more(
    desktop: Desktop, before: Callable[[Desktop], None], after: Callable[[Desktop], None]
) -> None:
    desktop.window.background.start()
    before(desktop)
    assert ticking(desktop)
    desktop.window.close()
    with asked_of(desktop.services.desk.database) as asked:
        turns()
        after(desktop)
        turns()
        assert ticking(desktop) == []
    assert asked == []


def test_what_a_worker_had_done_is_not_told(desktop: Desktop) -> None:
    """Its result is under way to the window when that is closed."""
    told: list[str] = []
    done = threading.Event()

    def work(progress: Progress) -> str:
        done.set()
        return "written"

    desktop.window.runner.run(Operation("Write", work, told.append, lambda problem: None))
    assert done.wait(60)
    desktop.window.close()
    turns()
    assert told == []


def test_its_dialogs_go_with_it(desktop: Desktop, services: Services, files: AnswerFiles) -> None:
    """One of them would try to hand in again and again."""
    for dialog in (
        HandInDialog(desktop.window, services.leaving),
        LoadRescueDialog(desktop.window, services.rescue, files),
    ):
        dialog.open()
    desktop.window.close()
    turns()
    assert ticking(desktop) == []
    assert not [w for w in QApplication.topLevelWidgets() if w.isVisible()]
