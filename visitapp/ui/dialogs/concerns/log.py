"""Log a concern about a setting."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.rules.concerns.states import ConcernKind, ConcernSource, Severity
from visitapp.services.concerns.concerns import Concerns
from visitapp.services.concerns.views import NewConcern
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices
from visitapp.ui.widgets.pick_list import PickList
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_words


class LogConcernDialog(Dialog):
    """`logged` carries the ConcernView. On a visit the setting is given, and the source is our
    visit."""

    logged = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        concerns: Concerns,
        settings: Mapping[str, str],
        chosen: str,
        *,
        visit: tuple[str, str] | None = None,
    ) -> None:
        """`settings`: their names by id. `visit`: its id, and the question."""
        heading = translate("Log a concern")
        super().__init__(parent, heading, heading, width=560)
        self._concerns, self._visit = concerns, visit
        # Nobody chose the first of many: a concern would go to the wrong setting.
        asks = not chosen and len(settings) > 1
        offered = {"": translate("Choose the setting"), **settings} if asks else settings
        self.setting = choices(translate("Setting"), offered, chosen)
        self.title, self.person = QLineEdit(), QLineEdit()
        self.kind = choices(translate("Kind"), choice_words(ConcernKind))
        self.severity = choices(translate("Severity"), choice_words(Severity), Severity.TWO)
        source = ConcernSource.VISIT if visit else ConcernSource.FAMILY
        self.source = choices(translate("Raised by"), choice_words(ConcernSource), source)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(72)
        self.themes = PickList(translate("Themes"))
        self.themes.show_items(concerns.themes().items(), ())
        self.happened = DayField(translate("Happened on, if known"), concerns.today())
        self.restricted = QCheckBox(translate("Restricted: only those who need to see it"))
        self.restricted.setAccessibleName(self.restricted.text())
        self._always = label(
            translate("Whistleblowing is always restricted."), size="small", tone="muted", wrap=True
        )
        self._lay_out()
        self.by_name = {
            "setting_id": self.setting,
            "title": self.title,
            "person": self.person,
            "happened_on": self.happened,
            "themes": self.themes,
            "text": self.text,
        }
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self._kind_chosen()
        (self.setting if asks else self.title).setFocus()

    def _lay_out(self) -> None:
        self.add_field(translate("Setting"), self.setting)
        self.add_field(translate("The concern in a few words, without names"), self.title)
        self.add_field(translate("Kind"), self.kind)
        self.add_field(translate("Severity"), self.severity)
        self.add_field(translate("Raised by"), self.source)
        self.add_field(translate("What was said, in the speaker's words"), self.text)
        self.add_field(translate("Themes"), self.themes)
        self.add_field(translate("Person's code, such as P31, if it is about one"), self.person)
        self.add_field(translate("Happened on, if known"), self.happened)
        self.column.addWidget(self.restricted)
        self.column.addWidget(self._always)
        self.setting.setEnabled(self.setting.count() > 1)

    def _kind_chosen(self) -> None:
        always = self._concerns.always_restricted(self.kind.currentData())
        self.restricted.setVisible(not always)
        self._always.setVisible(always)

    def attempt(self) -> None:
        """Log it."""
        if not self.setting.currentData():
            what = message("Choose the setting that the concern is about.")
            raise Refused(Code.BAD_VALUE, what, field="setting_id")
        visit_id, question = self._visit or (None, None)
        happened = self.happened.day() if self.happened.text.text().strip() else None
        new = NewConcern(
            setting_id=self.setting.currentData(),
            kind=self.kind.currentData(),
            title=self.title.text(),
            severity=self.severity.currentData(),
            source=self.source.currentData(),
            text=self.text.toPlainText(),
            themes=self.themes.ticked(),
            person=self.person.text(),
            happened_on=happened,
            restricted=self.restricted.isChecked(),
            visit_id=visit_id,
            question=question or None,
        )
        self.logged.emit(self._concerns.log(new))
        self.accept()
