"""The keys of the Visit page that answer questions and go from one to the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from visitapp.language import translate
from visitapp.ui.pages.visit.area_view import AreaView
from visitapp.ui.pages.visit.question.question_card import QuestionCard
from visitapp.ui.pages.visit.seen_keys import SeenKeys
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.widgets.date_editor import TODAY
from visitapp.ui.widgets.focus import ENTER
from visitapp.ui.widgets.option_keys import LETTERS, SET_ASIDE
from visitapp.ui.widgets.sample_editor import ALL_MET


class AnswerKeys(QObject):
    """Answers the current question by keys. `step` goes on by one question; `preferences` say
    whether that happens by itself after a choice; `seen` whether the question is in view."""

    def __init__(
        self,
        page: QWidget,
        area: AreaView,
        step: Callable[[int], object],
        preferences: Preferences,
        seen: SeenKeys,
    ) -> None:
        super().__init__(page)
        self._area, self._step, self._seen = area, step, seen
        self._preferences = preferences
        for key in (*"0123456789", *LETTERS, *SET_ASIDE, *ALL_MET.keys, *TODAY.keys):
            shortcut = QShortcut(QKeySequence(key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda key=key: self.press(key))
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Enter on a button outside the answer to the window, which keeps the second of two
        presses out of the dialog that the first one opened."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            plain = event.key() in ENTER and held == Qt.KeyboardModifier.NoModifier
            focus = QApplication.focusWidget()
            if plain and isinstance(focus, QAbstractButton) and not self._answers(focus):
                event.accept()
                return True
        return super().eventFilter(watched, event)

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """What the keys of an answer do, by command."""
        return {
            "enter": self.enter,
            "escape": self.escape,
            "unchanged": self.confirm,
            "good_practice": self._mark_good_practice,
        }

    def confirm(self) -> None:
        """Confirm the last answer to the current question as unchanged, and go on as after a
        choice."""
        card = self._area.current()
        if card is not None and self._seen.may() and card.confirm():
            self._chosen(card)

    def _mark_good_practice(self) -> None:
        card = self._area.current()
        if card is not None and self._seen.may():
            card.mark_good_practice()

    def press(self, key: str) -> None:
        """Choose the option of the current question that the key is for."""
        card = self._area.current()
        if card is None or not self._seen.may():
            return
        if card.press(key):
            self._chosen(card)
        elif key.isdigit() and card.types:
            # The caret is not in the answer: a digit is never dropped without a word.
            number = card.question.number
            self._seen.say(translate("To type the answer to {n}, press Enter first.", n=number))

    def enter(self) -> None:
        """Press the answer in focus; leave a figure for the next question, or for this one when it
        now lacks a note or an action; else go into the answer."""
        focus, card = QApplication.focusWidget(), self._area.current()
        on_card = focus is not None and self._area.isAncestorOf(focus)
        if (on_card or not isinstance(focus, QAbstractButton)) and not self._seen.may():
            return
        if isinstance(focus, QAbstractButton):
            focus.click()
            if card is not None and self._answers(focus):
                self._chosen(card)
        elif card is not None and focus is not None and self._answers(focus):
            if card.editor.enter():
                self._leave_figure(card)
        elif card is not None:
            card.begin("answer")

    def escape(self) -> None:
        """Leave a field, saving what was typed, and go back to the question."""
        card = self._area.current()
        if card is not None:
            card.flush()
            card.setFocus()

    def _answers(self, widget: QWidget) -> bool:
        card = self._area.current()
        return card is not None and card.editor.isAncestorOf(widget)

    def _leave_figure(self, card: QuestionCard) -> None:
        if card.lacks:
            card.setFocus()
            self._area.reveal(card)
        else:
            self._step(1)

    def _chosen(self, card: QuestionCard) -> None:
        self._area.reveal(card)
        if self._preferences.goes_on and card.finished:
            self._step(1)
