"""Record what a regulator did about a setting, or when it ended."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from visitapp.language import translate
from visitapp.rules.choices import Enforcement
from visitapp.services.regulator.actions import RegulatorActions
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_word, choice_words

NEW = ""


class RegulatorActionDialog(Dialog):
    """`recorded` carries the RegulatorActionView: of a new action, or of one that ended."""

    recorded = Signal(object)
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, actions: RegulatorActions, setting_id: str, today: date
    ) -> None:
        heading = translate("Record a regulator's action")
        super().__init__(parent, heading, translate("Record"), width=560)
        self._actions, self._id = actions, setting_id
        found = [one for one in actions.list(setting_id) if one.in_force and one.to_on is None]
        options = {NEW: translate("A new action")}
        options |= {
            one.id: translate(
                "The end of: {kind}, from {day}",
                kind=choice_word(Enforcement, one.kind).lower(),
                day=words.day(one.from_on),
            )
            for one in found
        }
        self.which = choices(translate("What to record"), options)
        self.kind = choices(translate("Kind of action"), choice_words(Enforcement))
        self.day = DayField(translate("Date"), today)
        self.day.show_day(today)
        self.conditions, self.source = QPlainTextEdit(), QLineEdit()
        self.conditions.setTabChangesFocus(True)
        self.conditions.setMinimumHeight(64)
        which = self.add_field(translate("What to record"), self.which)
        which.setVisible(bool(found))
        self.which.setVisible(bool(found))
        self._captions = [self.add_field(translate("Kind of action"), self.kind)]
        self.add_field(translate("Date"), self.day)
        self._captions.append(self.add_field(translate("Conditions, in words"), self.conditions))
        self._captions.append(self.add_field(translate("Where it is published"), self.source))
        teaching = translate(
            "Enforcement fills risk models. If the regulator stops admissions, the setting waits "
            "for a decision on placements."
        )
        self.column.addWidget(label(teaching, size="small", tone="muted", wrap=True))
        self.which.currentIndexChanged.connect(self._chosen)

    def _chosen(self) -> None:
        new = self.which.currentData() == NEW
        for part in (*self._captions, self.kind, self.conditions, self.source):
            part.setVisible(new)

    def attempt(self) -> None:
        """Record it."""
        ended = self.which.currentData()
        if ended:
            self.recorded.emit(self._actions.end(ended, self.day.day()))
        else:
            self.recorded.emit(
                self._actions.add(
                    self._id,
                    self.kind.currentData(),
                    from_on=self.day.day(),
                    conditions=self.conditions.toPlainText(),
                    source=self.source.text(),
                )
            )
        self.accept()
