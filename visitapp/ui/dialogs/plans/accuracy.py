"""What a provider says is not right in a report, and what is answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.plans.states import AccuracyStatus
from visitapp.services.plans.accuracy import Accuracy
from visitapp.services.plans.views import AccuracyView
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices, text_field
from visitapp.ui.widgets.card import rule
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_word, choice_words


class AccuracyDialog(Dialog):
    """`answered` carries the AccuracyView. Nobody answers a comment on their own visit."""

    answered = Signal(object)
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, accuracy: Accuracy, points: Sequence[AccuracyView]
    ) -> None:
        heading = translate("Comments on the report")
        super().__init__(parent, heading, translate("Answer"), width=620)
        self._accuracy = accuracy
        self._numbers = {one.id: str(n) for n, one in enumerate(points, 1)}
        mine = {
            one.id: words.joined(self._numbers[one.id], one.place) for one in points if one.mine
        }
        answers = choice_words(AccuracyStatus)
        answers.pop(AccuracyStatus.OPEN)
        self.comment = choices(translate("Comment"), mine)
        self.status = choices(translate("Answer"), answers)
        self.reason = text_field()
        self.day = DayField(translate("Date"), accuracy.today())
        self.day.show_day(accuracy.today())
        asked = [
            self.add_field(translate("Comment"), self.comment),
            self.add_field(translate("Answer"), self.status),
            self.add_field(translate("Reason"), self.reason),
            self.add_field(translate("Date"), self.day),
        ]
        self.by_name = {"reason": self.reason, "day": self.day}
        for part in (*asked, self.comment, self.status, self.reason, self.day, self.primary):
            part.setVisible(bool(mine))
        waits = any(one.status == AccuracyStatus.OPEN for one in points)
        if not mine:
            self.cancel.setText(translate("Close"))
        if waits and not mine:
            text = translate("Somebody else than the officer of the visit answers these.")
            self.column.addWidget(label(text, tone="muted", wrap=True))
        for one in points:
            self._show(one)

    def attempt(self) -> None:
        """Answer the comment that is chosen."""
        found = self._accuracy.answer(
            self.comment.currentData(),
            self.status.currentData(),
            self.reason.toPlainText(),
            self.day.day(),
        )
        self.answered.emit(found)
        self.accept()

    def _show(self, one: AccuracyView) -> None:
        self.column.addWidget(rule())
        state = choice_word(AccuracyStatus, one.status)
        head = words.joined(self._numbers[one.id], one.place, words.day(one.received_on), state)
        self.column.addWidget(label(head, size="small", tone="muted", wrap=True))
        self.column.addWidget(label(one.text, wrap=True))
        shown = translate("Shown by: {what}", what=one.shown) if one.shown else ""
        answer = words.joined(one.answered_by, one.answer) if one.answer else ""
        for text in filter(None, (shown, answer)):
            self.column.addWidget(label(text, size="small", wrap=True))
