"""At 200 % text on a small screen a question keeps the window: the head and the outcome fold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from tests.support.window.misfits import misfits
from tests.support.window.visit_screen import VisitScreen
from tests.support.window.windows import Desktop
from visitapp.ui.theme.look import Look

SMALL = (1092, 574)
"""Inside the frame of a window on 1366x768 at 125 %."""
LEAST = 0.55


@pytest.fixture
def screen(look: Look, desktop: Desktop, visit_id: str) -> Iterator[VisitScreen]:
    desktop.window.resize(*SMALL)
    shown = desktop.open_visit(visit_id)
    look.set(scale=200)
    desktop.settle()
    yield shown
    look.set(scale=100)


def test_large_text_leaves_the_questions_most_of_the_window(
    desktop: Desktop, screen: VisitScreen
) -> None:
    area = screen.page.area.currentWidget()
    assert (desktop.window.width(), desktop.window.height()) == SMALL
    assert area.height() >= LEAST * SMALL[1]
    for _ in range(20):
        desktop.settle()
    assert "\n".join(misfits(desktop.window)) == ""


def test_the_outcome_opens_on_demand(desktop: Desktop, screen: VisitScreen) -> None:
    panel = screen.page.panel
    assert panel.chip.isVisible()
    assert not panel.outcome.isVisible()
    panel.opener.setFocus()
    desktop.press(Qt.Key.Key_Space)
    desktop.settle()
    assert panel.outcome.isVisible()
    assert panel.height() >= SMALL[1] // 3
    desktop.until(lambda: not misfits(desktop.window))
    desktop.press(Qt.Key.Key_Space)
    desktop.settle()
    assert not panel.outcome.isVisible()


def test_the_switches_are_in_the_menu(desktop: Desktop, screen: VisitScreen) -> None:
    narrowing, menu = screen.page.narrowing, screen.page.room.menu
    assert not narrowing.unanswered.isVisible()
    menu.aboutToShow.emit()
    [entry] = [one for one in menu.actions() if one.text() == narrowing.unanswered.text()]
    entry.trigger()
    assert narrowing.unanswered.isChecked()
    assert narrowing.unanswered.isVisible(), "what narrows the questions is in view"


def test_the_switch_to_move_on_is_read_whole(screen: VisitScreen, look: Look) -> None:
    switch = screen.page.sidebar.goes_on
    assert switch.sizeHint().width() <= switch.width()
    assert switch.text() != switch.accessibleName() == switch.toolTip()
