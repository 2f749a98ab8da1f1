"""Agree that a large part of what this laptop holds may go, or leave it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import label


class RemovalDialog(Dialog):
    """`agreed` tells that the person agrees to what the problem says would be removed."""

    agreed = Signal()
    enter_agrees = False

    def __init__(self, parent: QWidget | None, problem: VisitappError) -> None:
        super().__init__(
            parent, translate("Many records would be removed"), translate("Remove them")
        )
        self.column.addWidget(label(str(problem.what), wrap=True))
        self.column.addWidget(label(str(problem.next_step or ""), wrap=True))
        kept = translate(
            "Nothing that is waiting to be sent is removed. The server keeps its copies."
        )
        self.column.addWidget(label(kept, tone="muted", wrap=True))

    def showEvent(self, event: QShowEvent) -> None:
        """A person who is typing when it opens must not agree by the next Enter."""
        super().showEvent(event)
        self.cancel.setFocus()

    def attempt(self) -> None:
        """Agree."""
        self.accept()
        self.agreed.emit()
