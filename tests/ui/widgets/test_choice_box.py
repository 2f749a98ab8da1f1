"""A list in a dialog shows every choice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from tests.support.desk.colleagues import become, bring
from tests.support.window.windows import Desktop
from visitapp.records import Role
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.settings.decide_position import PositionDialog
from visitapp.ui.dialogs.settings.record_event import EventDialog
from visitapp.ui.shell.routes import Route


def unseen(box: QComboBox) -> list[str]:
    """The choices of an open list that are not in view whole."""
    rows = box.view()
    seen = rows.viewport().rect()
    places = {n: rows.visualRect(box.model().index(n, 0)) for n in range(box.count())}
    return [
        box.itemText(n)
        for n, place in places.items()
        if place.top() < seen.top() or place.bottom() > seen.bottom()
    ]


def all_in_view(desktop: Desktop, dialog: Dialog, box: QComboBox, top: int) -> None:
    """Open a list with Space, with the dialog at that height of the screen."""
    room = dialog.screen().availableGeometry()
    dialog.move(0, min(top, room.bottom() - 120))
    box.setFocus()
    desktop.press(Qt.Key.Key_Space)
    desktop.until(box.view().isVisible)
    desktop.settle()
    assert unseen(box) == []
    assert room.contains(box.view().window().geometry())
    box.hidePopup()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("top", [0, 10_000])
def test_every_choice_is_in_view_also_at_the_foot_of_the_screen(
    desktop: Desktop, heather: str, top: int
) -> None:
    bring(desktop.services, lee=Role.LEAD)
    become(desktop.services, "lee")
    desktop.window.go(Route("setting", heather))
    placement = desktop.setting.page.placement
    desktop.click(placement.record)
    event: EventDialog = desktop.dialog(EventDialog)
    all_in_view(desktop, event, event.rag, top)
    desktop.press(Qt.Key.Key_Escape)
    desktop.until(lambda: not event.isVisible())
    desktop.click(placement.decide)
    decision: PositionDialog = desktop.dialog(PositionDialog)
    all_in_view(desktop, decision, decision.position, top)
