"""No key answers a question that is out of view: it is brought into view, and that is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from visitapp.language import translate
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.visit.area_view import AreaView
from visitapp.ui.pages.visit.question.question_card import QuestionCard

Command = Callable[[], object]

ACTS = {"note", "evidence", "action", "paste", "photos", "concern", "comment", "snippets"}
"""What acts on the current question, beside its answer."""

HARMLESS = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
COPIES = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)


class SeenKeys(QObject):
    """Stands before the keys that change an answer, and makes the card in focus the current one.
    `arrived`: a card has the focus now."""

    def __init__(
        self,
        page: Page,
        area: AreaView,
        arrived: Callable[[QuestionCard], object],
    ) -> None:
        super().__init__(page)
        self._page, self._area, self._arrived = page, area, arrived
        self._watched: QWidget | None = None
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._focus_moved)

    def guard(self, commands: Mapping[str, Command]) -> dict[str, Command]:
        """The commands, of which those that act on the current question do so while it is seen."""
        return {
            name: partial(self._if_seen, do) if name in ACTS else do
            for name, do in commands.items()
        }

    def _if_seen(self, do: Command) -> None:
        if self.may():
            do()

    def say(self, sentence: str) -> None:
        """Why a key did nothing."""
        self._page.said.emit(sentence, None)

    def may(self) -> bool:
        """Whether a key may act on the current question. When it is out of view it is brought into
        view instead, and the key is not taken."""
        card = self._area.current()
        if card is None or card.isHidden():
            return False
        if self._area.sees_current():
            return True
        focus = QApplication.focusWidget()
        within = focus is not None and card.isAncestorOf(focus)
        self._area.reveal(focus if within and focus is not None else card)
        self.say(
            translate(
                "Question {n} was out of view, so that key changed nothing.",
                n=card.question.number,
            )
        )
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that a field or a button would take for itself."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and _changes(event) and not self._text_in_view(watched):
            return not self.may()
        return super().eventFilter(watched, event)

    def _text_in_view(self, watched: QObject) -> bool:
        """Bring a text into view as it is typed: every letter shows, and none may be lost."""
        if not isinstance(watched, QPlainTextEdit):
            return False
        if not self._area.sees_current():
            self._area.reveal(watched)
        return True

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None
        card = self._area.card_with(new)
        if new is not None and card is not None:
            self._watched = new
            new.installEventFilter(self)
            new.destroyed.connect(self._forget)
            self._area.go(card, focus=False)
            self._area.reveal(new)
            self._arrived(card)

    def _forget(self, gone: QObject) -> None:
        if gone is self._watched:
            self._watched = None


def _changes(event: QEvent) -> bool:
    """Whether a key could change what has the focus: it types, deletes, pastes or presses."""
    if (
        not isinstance(event, QKeyEvent)
        or event.key() in HARMLESS
        or any(event.matches(one) for one in COPIES)
    ):
        return False
    return bool(event.text()) or event.matches(QKeySequence.StandardKey.Paste)
