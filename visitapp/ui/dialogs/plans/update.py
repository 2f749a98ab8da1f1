"""Add an update to an action."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.rules.plans.states import OwnerSide
from visitapp.services.plans.plans import Plans
from visitapp.services.views.actions import ActionView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices, text_field, whole_number
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_words


class UpdateDialog(Dialog):
    """`told` carries the ActionEvent."""

    told = Signal(object)
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, plans: Plans, action: ActionView, today: date
    ) -> None:
        super().__init__(parent, translate("Add an update"), translate("Add update"))
        self._plans, self._action = plans, action
        self.column.addWidget(label(action.title, strong=True, wrap=True))
        teaching = translate("An update stays as written. Correct a mistake with another one.")
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.text, self.progress = text_field(), QLineEdit()
        self.side = choices(translate("Who says so"), choice_words(OwnerSide))
        self.day = DayField(translate("Date"), today)
        self.day.show_day(today)
        done = translate("Number done (optional)")
        if action.target:
            done = translate("Number done, of {n} (optional)", n=action.target)
        self.add_field(translate("What was said or done"), self.text)
        self.add_field(done, self.progress)
        self.add_field(translate("Who says so"), self.side)
        self.add_field(translate("Date"), self.day)
        self.by_name = {"text": self.text, "progress": self.progress, "said_on": self.day}

    def attempt(self) -> None:
        """Add it."""
        event = self._plans.tell(
            self._action.id,
            self.text.toPlainText(),
            side=self.side.currentData(),
            said_on=self.day.day(),
            progress=whole_number(self.progress.text(), "progress"),
        )
        self.told.emit(event)
        self.accept()
