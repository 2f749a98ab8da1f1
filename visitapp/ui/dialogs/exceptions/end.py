"""Record the placement that an exception was for, or withdraw the exception."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.records import ExceptionStatus
from visitapp.services.exceptions.exceptions import Exceptions
from visitapp.services.views.decided.exceptions import ExceptionView
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, text_field
from visitapp.ui.widgets.text import label


class PlacedDialog(Dialog):
    """`placed` carries the ExceptionView."""

    placed = Signal(object)
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, exceptions: Exceptions, view: ExceptionView, today: date
    ) -> None:
        super().__init__(parent, translate("Record the placement"), translate("Record it"))
        self._exceptions, self._id = exceptions, view.id
        about = translate("{person}, {setting}", person=view.person, setting=view.setting)
        self.column.addWidget(label(about, strong=True, wrap=True))
        late = view.status != ExceptionStatus.AUTHORISED
        teaching = (
            translate("This exception is over. Say why the person was placed all the same.")
            if late
            else translate(
                "The exception can be used once, from {first} to {last}. Say why for another day.",
                first=words.day(view.decided_on),
                last=words.day(view.valid_to),
            )
        )
        self.column.addWidget(label(teaching, tone="amber" if late else "muted", wrap=True))
        self.day = DayField(translate("Placed on"), today)
        self.day.show_day(today)
        self.add_field(translate("Placed on"), self.day)
        self.reason = text_field()
        caption = translate("Reason") if late else translate("Note (optional)")
        self.add_field(caption, self.reason)

    def attempt(self) -> None:
        """Record it."""
        view = self._exceptions.use(self._id, self.day.day(), self.reason.toPlainText())
        self.placed.emit(view)
        self.accept()


class WithdrawExceptionDialog(Dialog):
    """`withdrawn` carries the ExceptionView."""

    withdrawn = Signal(object)
    keeps_typed = True

    def __init__(self, parent: QWidget | None, exceptions: Exceptions, view: ExceptionView) -> None:
        super().__init__(parent, translate("Withdraw the exception"), translate("Withdraw it"))
        self._exceptions, self._id = exceptions, view.id
        about = translate("{person}, {setting}", person=view.person, setting=view.setting)
        self.column.addWidget(label(about, strong=True, wrap=True))
        self.reason = text_field()
        self.add_field(translate("Reason"), self.reason)

    def attempt(self) -> None:
        """Withdraw it."""
        self.withdrawn.emit(self._exceptions.withdraw(self._id, self.reason.toPlainText()))
        self.accept()
