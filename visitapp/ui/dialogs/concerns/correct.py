"""Correct what was logged of a concern."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from visitapp.language import translate
from visitapp.rules.concerns.states import Severity
from visitapp.services.concerns.concerns import Concerns
from visitapp.services.concerns.views import ConcernView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices
from visitapp.ui.widgets.pick_list import PickList
from visitapp.vocabulary import choice_words


class CorrectConcernDialog(Dialog):
    """`corrected` carries the ConcernView. Only what was changed is written, so that two people who
    correct different fields apart do not meet."""

    corrected = Signal(object)
    keeps_typed = True

    def __init__(self, parent: QWidget | None, concerns: Concerns, shown: ConcernView) -> None:
        super().__init__(parent, translate("Correct a concern"), translate("Save"), width=560)
        self._concerns, self._shown = concerns, shown
        row = shown.row
        self.title, self.person = QLineEdit(row.title), QLineEdit(row.person)
        self.severity = choices(translate("Severity"), choice_words(Severity), row.severity)
        self.text = QPlainTextEdit(shown.text)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(72)
        self.themes = PickList(translate("Themes"))
        labels = concerns.themes()
        labels |= {theme: theme for theme in row.themes if theme not in labels}
        self.themes.show_items(labels.items(), row.themes)
        self.happened = DayField(translate("Happened on, if known"), concerns.today())
        if row.happened_on is not None:
            self.happened.show_day(row.happened_on)
        self.add_field(translate("The concern in a few words, without names"), self.title)
        self.add_field(translate("Severity"), self.severity)
        self.add_field(translate("What was said, in the speaker's words"), self.text)
        self.add_field(translate("Themes"), self.themes)
        self.add_field(translate("Person's code, such as P31, if it is about one"), self.person)
        self.add_field(translate("Happened on, if known"), self.happened)
        self.by_name = {
            "title": self.title,
            "person": self.person,
            "happened_on": self.happened,
            "themes": self.themes,
            "text": self.text,
        }
        self.title.setFocus()

    def attempt(self) -> None:
        """Write what was changed."""
        row = self._shown.row
        happened = self.happened.day() if self.happened.text.text().strip() else None
        was = {
            "title": row.title,
            "severity": row.severity,
            "text": self._shown.text,
            "themes": row.themes,
            "person": row.person,
            "happened_on": row.happened_on,
        }
        now = {
            "title": self.title.text().strip(),
            "severity": self.severity.currentData(),
            "text": self.text.toPlainText().strip(),
            "themes": self.themes.ticked(),
            "person": self.person.text().strip(),
            "happened_on": happened,
        }
        if set(now["themes"]) == set(row.themes):
            now["themes"] = row.themes
        changed = {name: value for name, value in now.items() if value != was[name]}
        self.corrected.emit(self._concerns.edit(row.id, **changed))
        self.accept()
