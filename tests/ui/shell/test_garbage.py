"""Widgets are freed in the thread of the window, whichever thread makes garbage."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

OBJECTS = 200_000


@pytest.fixture
def threads() -> Iterator[list[int]]:
    """The thread of each collection."""
    seen: list[int] = []

    def note(phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            seen.append(threading.get_ident())

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def test_no_other_thread_collects(qtbot: QtBot, threads: list[int]) -> None:
    kept: list[list[int]] = []
    worker = threading.Thread(target=lambda: kept.extend([] for _ in range(OBJECTS)))
    worker.start()
    worker.join()
    assert threads == []
    qtbot.waitUntil(lambda: bool(threads), timeout=60_000)
    assert set(threads) == {threading.get_ident()}
