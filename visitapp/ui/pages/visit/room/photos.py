"""Photos and documents that come to a question past its dialog: pasted on it, dropped on it, or
from the photos folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from visitapp.language import translate
from visitapp.services.evidence.given import Given
from visitapp.ui.dialogs.photos.taking import given_in, has_any
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.visit.area_view import AreaView
from visitapp.ui.pages.visit.question.question_card import QuestionCard
from visitapp.ui.pages.visit.room.photo_tray import PhotoTray
from visitapp.ui.pages.visit.visit_state import VisitState


class RoomPhotos(QObject):
    """`given` carries the visit, the question and what is to be added to it; `wanted` the visit and
    the question for which new photos of the photos folder are to be chosen."""

    given = Signal(str, str, list)
    wanted = Signal(str, str)

    def __init__(
        self, page: Page, area: AreaView, tray: PhotoTray, sheet: Callable[[], VisitState]
    ) -> None:
        super().__init__(page)
        self._tray = tray
        tray.asked.connect(self.want)
        self._page, self._area, self._sheet = page, area, sheet
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """What keys do, by command."""
        return {"paste": self.paste, "photos": self.want}

    def paste(self) -> None:
        """Add what is on the clipboard to the current question."""
        given = given_in(QApplication.clipboard().mimeData())
        if self._takes() and not given:
            self._page.said.emit(translate("There is no picture or file to paste."), None)
        self._give(self._area.current(), given)

    def want(self) -> None:
        """Choose from the new photos for the current question."""
        card = self._area.current()
        if card is not None and self._takes():
            card.flush()
            self.wanted.emit(self._sheet().view.summary.id, card.question.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dropped on the page, at the question under the pointer; look for photos
        while the page is in view."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._tray.came_into_view(event.type() == QEvent.Type.Show)
        if isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            mime: QMimeData = event.mimeData()
            if not (has_any(mime) and self._takes()):
                return super().eventFilter(watched, event)
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                card = self._card_at(event.position().toPoint()) or self._area.current()
                self._give(card, given_in(mime))
            return True
        return super().eventFilter(watched, event)

    def _takes(self) -> bool:
        return self._area.current() is not None and not self._sheet().frozen

    def _card_at(self, place: QPoint) -> QuestionCard | None:
        widget: QWidget | None = self._page.childAt(place)
        while widget is not None and not isinstance(widget, QuestionCard):
            widget = widget.parentWidget()
        return widget

    def _give(self, card: QuestionCard | None, given: Sequence[Given]) -> None:
        if card is None or not given or not self._takes():
            return
        card.flush()
        self.given.emit(self._sheet().view.summary.id, card.question.id, list(given))
