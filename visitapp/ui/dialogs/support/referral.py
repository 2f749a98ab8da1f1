"""One referral for support: where it stands, what it did, and what happened next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.support.states import SupportStatus
from visitapp.services.support.support import Support
from visitapp.services.support.views import SupportView
from visitapp.services.support.words import effect_words, headline
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices, text_field
from visitapp.ui.widgets.card import rule
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_word


class SupportDialog(Dialog):
    """`recorded` carries the SupportView."""

    recorded = Signal(object)
    keeps_typed = True

    def __init__(self, parent: QWidget | None, support: Support, shown: SupportView) -> None:
        heading = translate("Support with {theme}", theme=shown.theme_label.lower())
        super().__init__(parent, heading, translate("Record"), width=560)
        self._support, self._shown = support, shown
        self.column.addWidget(label(shown.setting, tone="muted", wrap=True))
        states = {state: choice_word(SupportStatus, state) for state in shown.next_states}
        first = SupportStatus.REVIEWED if shown.to_review else ""
        self.what = choices(translate("What happened"), states, first)
        self.text = text_field()
        self.day = DayField(translate("Date"), support.today())
        self.day.show_day(support.today())
        self._captions = [
            self.add_field(translate("What happened"), self.what),
            self.add_field("", self.text),
            self.add_field(translate("Date"), self.day),
        ]
        self.by_name = {"reason": self.text, "day": self.day}
        self.line = rule()
        self.column.addWidget(self.line)
        self._show_facts()
        self._offer(bool(states))
        self.what.currentIndexChanged.connect(self._chosen)
        self._chosen()

    def attempt(self) -> None:
        """Record what happened."""
        day, text = self.day.day(), self.text.toPlainText()
        self.recorded.emit(self._support.move(self._shown.id, self.what.currentData(), day, text))
        self.accept()

    def _show_facts(self) -> None:
        one = self._shown
        self.column.addWidget(label(headline(one), strong=True, wrap=True))
        self.column.addWidget(label(effect_words(one), wrap=True))
        asked = words.joined(words.day(one.asked_on), one.asked_by, one.asked_for)
        self.column.addWidget(label(asked, size="small", wrap=True))
        for event in one.events:
            state = choice_word(SupportStatus, event.status)
            text = words.joined(words.day(event.on), event.by, state, event.text)
            self.column.addWidget(label(text, size="small", wrap=True))

    def _offer(self, something: bool) -> None:
        """Nothing is asked where nothing can happen any more, or not yet."""
        for part in (self.what, self.text, self.day, self.line, self.primary, *self._captions):
            part.setVisible(something)
        if not something:
            self.cancel.setText(translate("Close"))

    def _chosen(self) -> None:
        captions = {
            SupportStatus.OFFERED: translate("What is offered"),
            SupportStatus.TAKEN_UP: translate("Remark"),
            SupportStatus.DECLINED: translate("Why it is declined or stopped"),
            SupportStatus.REVIEWED: translate("What came of it"),
        }
        caption = captions.get(self.what.currentData(), "")
        self._captions[1].setText(caption)
        self.text.setAccessibleName(caption)
