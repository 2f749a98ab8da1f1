"""Ask for a placement exception, and put its risk assessment on record."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.services.exceptions.exceptions import Exceptions
from visitapp.services.views.decided.exceptions import ExceptionView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.exceptions.risk_fields import RiskFields
from visitapp.ui.dialogs.fields import DayField, text_field
from visitapp.ui.widgets.text import label


class AskExceptionDialog(Dialog):
    """`asked` carries the ExceptionView."""

    asked = Signal(object)
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, exceptions: Exceptions, setting_id: str, today: date
    ) -> None:
        super().__init__(
            parent, translate("Ask for a placement exception"), translate("Ask for it")
        )
        self._exceptions, self._id = exceptions, setting_id
        self.column.addWidget(
            label(
                translate(
                    "A senior manager may authorise one person's placement in a closed setting. "
                    "Name the person by a code, never by a name or an NHS number."
                ),
                tone="muted",
                wrap=True,
            )
        )
        self.person, self.why = QLineEdit(), text_field()
        self.person.setPlaceholderText(translate("Such as P31"))
        self.needed_by = DayField(translate("Needed by (optional)"), today, ahead=True)
        self.needed_by.show_text("")
        self.add_field(translate("Person's code"), self.person)
        self.add_field(translate("Why it is exceptional"), self.why)
        self.add_field(translate("Needed by (optional)"), self.needed_by)
        self.column.addWidget(
            label(
                translate(
                    "Risk assessment. Fill in every part now, or leave all of it for a colleague. "
                    "Nothing can be authorised without it."
                ),
                tone="muted",
                wrap=True,
            )
        )
        self.risk = RiskFields(self)
        self.by_name = {
            "person": self.person,
            "why": self.why,
            "needed_by": self.needed_by,
            **self.risk.fields,
        }

    def attempt(self) -> None:
        """Ask for it."""
        needed = self.needed_by.day() if self.needed_by.text.text().strip() else None
        view = self._exceptions.ask(
            self._id,
            self.person.text(),
            self.why.toPlainText(),
            needed_by=needed,
            assessment=None if self.risk.is_empty() else self.risk.risk(),
        )
        self.asked.emit(view)
        self.accept()


class AssessExceptionDialog(Dialog):
    """`assessed` carries the ExceptionView."""

    assessed = Signal(object)
    keeps_typed = True

    def __init__(self, parent: QWidget | None, exceptions: Exceptions, view: ExceptionView) -> None:
        super().__init__(parent, translate("Risk assessment"), translate("Put it on record"))
        self._exceptions, self._id = exceptions, view.id
        about = translate("{person}, {setting}", person=view.person, setting=view.setting)
        self.column.addWidget(label(about, strong=True, wrap=True))
        self.column.addWidget(label(view.why, tone="muted", wrap=True))
        self.risk = RiskFields(self, view.assessment)
        self.by_name = dict(self.risk.fields)

    def attempt(self) -> None:
        """Put it on record."""
        self.assessed.emit(self._exceptions.assess(self._id, self.risk.risk()))
        self.accept()
