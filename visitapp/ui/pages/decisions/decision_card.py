"""The form of a decision: the choice, what goes with it, and what is still missing, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from visitapp.errors import Refused
from visitapp.language import plural, translate
from visitapp.services.decisions.decisions import missing_details
from visitapp.services.views.decided.decisions import DecisionView, Detail, Given, Option
from visitapp.ui import words
from visitapp.ui.dialogs.fields import DayField
from visitapp.ui.widgets.card import Card, clear
from visitapp.ui.widgets.radio_choice import RadioChoice
from visitapp.ui.widgets.text import button, label, named


class _Typed(NamedTuple):
    conditions: str
    until: str
    reason: str
    option: str = ""


class DecisionCard(Card):
    """`recorded` carries the id of the option and what was given with it."""

    recorded = Signal(str, object)

    def __init__(self, today: date) -> None:
        super().__init__(translate("Your decision"))
        self._today = today
        self._options: Sequence[Option] = ()
        self._key = ("", "")
        self._typed: dict[tuple[str, str], _Typed] = {}
        self._group = QButtonGroup(self)
        self._choices = QVBoxLayout()
        self.column.addLayout(self._choices)
        self.conditions, self.reason = _text(), _text()
        self.until = DayField(translate("Valid until"), today)
        conditions = self._add(translate("Conditions"), self.conditions)
        self._until_caption = self._add(translate("Valid until"), self.until)[0]
        self._hint = label(size="small", tone="muted", wrap=True)
        self.column.addWidget(self._hint)
        self._fields: dict[Detail, Sequence[QWidget]] = {
            Detail.CONDITIONS: conditions,
            Detail.UNTIL: [self._until_caption, self.until, self._hint],
            Detail.REASON: self._add(translate("Reason, kept for ever"), self.reason),
        }
        self._missing = named(label(tone="amber", wrap=True), translate("Still missing"))
        self.record = button(translate("Record the decision"), kind="primary")
        self.column.addWidget(self._missing)
        self.column.addWidget(self.record)
        self.record.clicked.connect(self._record)
        self.conditions.textChanged.connect(self._look)
        self.reason.textChanged.connect(self._look)
        self.until.edited.connect(self._look)

    def show_decision(self, view: DecisionView) -> None:
        """Show the choices of a decision, with what was chosen and typed for it before another one
        was looked at; at first none is chosen."""
        before = self._keep_typed((view.waiting.kind, view.waiting.id))
        self._options = view.options
        for choice in self._group.buttons():
            self._group.removeButton(choice)
        clear(self._choices)
        for option in view.options:
            choice = named(RadioChoice(option.label), option.label, option.barred)
            choice.setEnabled(not option.barred)
            choice.setProperty("option", option.id)
            choice.toggled.connect(self._look)
            self._group.addButton(choice)
            choice.setChecked(option.id == before and not option.barred)
            self._choices.addWidget(choice)
            if option.barred:
                barred = label(option.barred, size="small", tone="amber", wrap=True)
                self._choices.addWidget(barred)
        caption = view.until or translate("Valid until")
        self._until_caption.setText(caption)
        named(self.until, caption)
        named(self.until.text, caption)
        self._hint.setText(_at_most(view.latest, self._today))
        self._look()

    def focus_first(self) -> None:
        """Put the focus on the choice made, or on the first that can be made."""
        choices = [choice for choice in self._group.buttons() if choice.isEnabled()]
        for choice in [one for one in choices if one.isChecked()] + choices[:1]:
            choice.setFocus()
            return

    def forget(self) -> None:
        """What was typed for this decision is recorded."""
        self._key = ("", "")

    def _keep_typed(self, key: tuple[str, str]) -> str:
        """Each decision has a choice and texts of its own, also while another one is looked at; the
        choice that was made for this one."""
        if key == self._key:
            return ""
        chosen = self._chosen()
        self._typed[self._key] = _Typed(
            self.conditions.toPlainText(),
            self.until.text.text(),
            self.reason.toPlainText(),
            chosen.id if chosen else "",
        )
        self._key = key
        typed = self._typed.pop(key, _Typed("", "", ""))
        self.conditions.setPlainText(typed.conditions)
        self.until.show_text(typed.until)
        self.reason.setPlainText(typed.reason)
        return typed.option

    def _chosen(self) -> Option | None:
        checked = self._group.checkedButton()
        id_ = checked.property("option") if checked else None
        return next((option for option in self._options if option.id == id_), None)

    def _given(self, option: Option) -> Given:
        takes = option.takes
        return Given(
            conditions=self.conditions.toPlainText() if Detail.CONDITIONS in takes else "",
            until=self._until() if Detail.UNTIL in takes else None,
            reason=self.reason.toPlainText() if Detail.REASON in takes else "",
        )

    def _until(self) -> date | None:
        try:
            return self.until.day()
        except Refused:
            return None

    def _look(self) -> None:
        """Show the fields of the choice, and what is still missing."""
        option = self._chosen()
        for detail, parts in self._fields.items():
            for part in parts:
                part.setVisible(option is not None and detail in option.takes)
        missing = translate("Choose a decision.")
        if option is not None:
            missing = str(missing_details(option, self._given(option)) or "")
        self._missing.setText(missing)
        self._missing.setVisible(bool(missing))
        self.record.setEnabled(not missing)
        self.record.setAccessibleDescription(missing)

    def _record(self) -> None:
        option = self._chosen()
        if option is not None:
            self.recorded.emit(option.id, self._given(option))

    def _add(self, caption: str, field: QWidget) -> tuple[QLabel, QWidget]:
        words_ = label(caption, size="small", tone="muted", wrap=True)
        words_.setBuddy(field)
        named(field, caption)
        self.column.addWidget(words_)
        self.column.addWidget(field)
        return words_, field


def _text() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(72)
    return field


def _at_most(latest: date | None, today: date) -> str:
    if latest is None:
        return ""
    days = (latest - today).days
    most = plural("{n} day at most", "{n} days at most", days)
    return words.joined(most, words.day(latest))
