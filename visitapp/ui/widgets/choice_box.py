"""A list of which one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox


class ChoiceBox(QComboBox):
    """Asks for the width of its longest choice, and makes do with less. Its list shows every choice
    that the screen has room for."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 24), hint.height())

    def showPopup(self) -> None:
        """Open the list, as high as its rows. Qt leaves the padding of the style sheet out of its
        count, and hides the last row."""
        super().showPopup()
        rows = self.view()
        last = rows.visualRect(self.model().index(self.count() - 1, 0))
        first = rows.visualRect(self.model().index(0, 0))
        lacking = last.bottom() + 1 - first.top() - rows.viewport().height()
        if self.count() == 0 or lacking <= 0:
            return
        popup, room = rows.window(), self.screen().availableGeometry()
        place = popup.geometry()
        place.setHeight(min(place.height() + lacking, room.height()))
        place.moveBottom(min(place.bottom(), room.bottom()))
        place.moveTop(max(place.top(), room.top()))
        # First with room to spare: an arrow for scrolling takes the height that would do without.
        popup.resize(place.width(), room.height())
        popup.setGeometry(place)
