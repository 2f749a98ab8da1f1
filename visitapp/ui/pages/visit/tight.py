"""Large text or a low window: the head of a visit is one row, and the questions have the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction

from visitapp.ui.theme.look import Look

if TYPE_CHECKING:
    from visitapp.ui.pages.visit.page import VisitPage

LOW = 480
"""Pixels at 100 %: a page that is less high folds its head."""


class TightHead(QObject):
    """Folds and unfolds the head with the size of the page and of its text. The switches that do
    not stand in it are in the menu. A return takes a third of the page at most."""

    def __init__(self, page: VisitPage, look: Look) -> None:
        super().__init__(page)
        self._page, self._look, self._tight = page, look, False
        page.installEventFilter(self)
        page.room.menu.aboutToShow.connect(self._offer)
        look.changed.connect(self._fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        page = self._page
        page.returned.setMaximumHeight(page.height() // 3)
        tight = page.height() < self._look.px(LOW)
        if tight != self._tight:
            self._tight = tight
            page.header.set_tight(tight=tight)
            page.narrowing.set_tight(tight=tight)

    def _offer(self) -> None:
        """After what the menu holds anyway."""
        for switch in self._page.narrowing.offered if self._tight else ():
            line = QAction(switch.text(), self._page.room.menu)
            line.setCheckable(True)
            line.setChecked(switch.isChecked())
            line.triggered.connect(switch.click)
            self._page.room.menu.addAction(line)
