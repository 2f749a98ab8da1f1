"""The answer to a date."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from forms.model import Question
from visitapp.dates import typed_day
from visitapp.language import translate
from visitapp.services.views.visits import AnswerView
from visitapp.ui.widgets.fields import read_date
from visitapp.ui.widgets.option_keys import OptionKeys
from visitapp.ui.widgets.segmented import KeyButton
from visitapp.ui.widgets.text import named
from visitapp.ui.widgets.typed_editor import TypedEditor

TODAY = OptionKeys(("T",), "T")


class DateEditor(TypedEditor):
    """A day, typed in any usual shape, or today by one button."""

    goes_to_field = False

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.field = named(QLineEdit(), question.ask)
        self.field.setPlaceholderText(translate("dd/mm/yyyy"))
        self.field.setMaximumWidth(150)
        self.watch(self.field)
        name = f"{question.ask}: {translate('Today')}"
        self.today = KeyButton(translate("Today"), TODAY, kind="chip", name=name)
        self.today.clicked.connect(self._give_today)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(self.today)
        row.addWidget(self.hint)
        row.addStretch(1)

    def show_fields(self, answer: AnswerView) -> None:
        text = typed_day(date.fromisoformat(answer.value)) if answer.value else ""
        if not (self.field.hasFocus() and self.shows(answer)):
            self.field.setText(text)

    def shows(self, answer: AnswerView) -> bool:
        return not self.problem() and self.typed()["value"] == (answer.value or None)

    def problem(self) -> str:
        if self.field.text().strip() and read_date(self.field.text()) is None:
            return translate("Type a day, such as 23/11/2026.")
        return ""

    def typed(self) -> dict[str, Any]:
        typed = read_date(self.field.text())
        return {"value": typed.isoformat() if typed else None}

    def press(self, key: str) -> bool:
        if key in TODAY.keys and self.isEnabled():
            self._give_today()
            return True
        return False

    def _give_today(self) -> None:
        self.revert()
        self.give(value=date.today().isoformat())
