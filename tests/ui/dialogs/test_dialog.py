"""What every dialog does with its room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import label


class Reviewing(Dialog):
    """A dialog with `lines` of text that do not scroll above its content, and one below."""

    def __init__(self, lines: int) -> None:
        super().__init__(None, "Review", "Sign off")
        above = (f"Reason {number} of the outcome." for number in range(lines))
        self.above = [label(text, wrap=True) for text in above]
        self.middle = label("What is in the way")
        self.below = label("It can no longer be changed.")
        self.column.addWidget(self.middle)
        for part in self.above:
            self.fix(part, above=True)
        self.fix(self.below, above=False)

    def attempt(self) -> None:
        self.accept()


@pytest.mark.parametrize(("lines", "scrolls"), [(3, False), (80, True)])
def test_what_does_not_scroll_is_let_scroll_where_it_has_no_room(
    qtbot: QtBot, lines: int, scrolls: bool
) -> None:
    dialog = Reviewing(lines)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    parts = [*dialog.above, dialog.middle, dialog.below]
    qtbot.waitUntil(lambda: dialog.body.isAncestorOf(dialog.below) is scrolls)
    assert all(dialog.body.isAncestorOf(part) is scrolls for part in dialog.above)
    qtbot.waitUntil(lambda: all(p.height() >= p.heightForWidth(p.width()) for p in parts))
    tops = [part.mapTo(dialog, QPoint(0, 0)).y() for part in parts]
    assert tops == sorted(set(tops))
    assert dialog.height() <= dialog.screen().availableGeometry().height()
