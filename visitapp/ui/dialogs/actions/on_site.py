"""One step of an action, taken during a visit: verified, not yet, or another due date."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import Message, message, translate
from visitapp.rules.choices import ActionStatus, VerifiedHow
from visitapp.services.actions.actions import Actions
from visitapp.services.views.visits import OpenAction
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, type_again
from visitapp.ui.widgets.text import label

HEADINGS: dict[str, tuple[Message, Message, Message]] = {
    "verify": (message("Verify an action"), message("Verified"), message("What did you see?")),
    "not_yet": (
        message("Not done yet"),
        message("Reopen the action"),
        message("What is still missing?"),
    ),
    "extend": (
        message("Another due date"),
        message("Change the date"),
        message("Why is it moved?"),
    ),
}
"""By the step: heading, button, and what is asked."""


class OnSiteDialog(Dialog):
    """`kept` says that the step was taken."""

    kept = Signal()
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, actions: Actions, opened: OpenAction, step: str, today: date
    ) -> None:
        heading, primary, asks = (str(one) for one in HEADINGS[step])
        super().__init__(parent, heading, primary)
        self._actions, self._opened, self._step = actions, opened, step
        action = opened.action
        self.column.addWidget(label(action.title, strong=True, wrap=True))
        due = translate("Due {day}", day=words.day(action.due_on))
        self.column.addWidget(label(due, size="small", tone="muted"))
        self.due = DayField(translate("Due"), today, ahead=True)
        self.due.show_day(action.due_on)
        if step == "extend":
            self.add_field(translate("Due"), self.due)
        self.note = QLineEdit()
        self.add_field(asks, self.note)
        self.by_name = {"reason": self.note, "note": self.note, "due_on": self.due}
        self.watch(lambda: actions.view(action.id))
        day = self.due.findChild(QLineEdit)
        if step == "extend" and day is not None:
            type_again(day)
        else:
            self.note.setFocus()

    def attempt(self) -> None:
        """Take the step."""
        action, text = self._opened.action, self.note.text().strip()
        if self._step == "verify":
            self._actions.update(
                action.id, status=ActionStatus.VERIFIED, how=VerifiedHow.VISIT, note=text
            )
        elif self._step == "not_yet":
            self._actions.update(action.id, status=ActionStatus.REOPENED, reason=text)
        else:
            self._actions.update(action.id, due_on=self.due.day(), reason=text)
        self.kept.emit()
        self.accept()
