"""The left list of pages: every row says its key, and nothing is printed over anything else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QStyle, QStyleOptionButton

from tests.support.window.windows import Desktop
from visitapp.ui.shell.pages import NUMBERED
from visitapp.ui.shell.shortcuts import go_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.navigation import NavButton


@pytest.fixture(params=[100, 200])
def rows(request: pytest.FixtureRequest, look: Look, desktop: Desktop) -> Iterator[list[NavButton]]:
    desktop.window.resize(1092, 574)
    look.set(scale=request.param)
    desktop.settle()
    yield list(desktop.window.navigation.buttons.values())
    look.set(scale=100)


def printed(row: NavButton) -> QRect:
    """Where the text of the button itself stands."""
    option = QStyleOptionButton()
    row.initStyleOption(option)
    room = row.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, row)
    size = row.fontMetrics().size(0, row.text())
    return QRect(room.left(), 0, size.width(), row.height())


def test_no_two_texts_of_a_row_overlap(rows: list[NavButton]) -> None:
    for row in rows:
        row.set_count(12)
        row.set_count(0)
        places = [printed(row)] + [
            one.geometry() for one in row.findChildren(QLabel) if one.isVisible() and one.text()
        ]
        assert all(row.rect().contains(place) for place in places), row.title
        for number, place in enumerate(places):
            assert not any(place.intersects(other) for other in places[number + 1 :]), row.title


def test_every_row_shows_its_key(rows: list[NavButton], desktop: Desktop) -> None:
    keys = go_keys(NUMBERED)
    for name, row in desktop.window.navigation.buttons.items():
        beside = [one.text() for one in row.findChildren(QLabel) if one.isVisible()]
        assert keys[name] in [*beside, *row.text().splitlines()], row.title
