"""Return a visit to its officer with comments."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from visitapp.services.visits.sign_off.reviews import Reviews
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import label


class ReturnDialog(Dialog):
    """`returned` carries the VisitView."""

    returned = Signal(object)

    def __init__(self, parent: QWidget | None, reviews: Reviews, visit_id: str) -> None:
        super().__init__(parent, self.tr("Return with comments"), self.tr("Return the visit"))
        self._reviews = reviews
        self._id = visit_id
        teaching = self.tr("The officer can change the visit, then signs it off again.")
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.comment = QPlainTextEdit()
        self.comment.setTabChangesFocus(True)
        self.comment.setMinimumHeight(120)
        self.add_field(self.tr("What needs another look"), self.comment)

    def attempt(self) -> None:
        """Return the visit."""
        self.returned.emit(self._reviews.return_(self._id, self.comment.toPlainText()))
        self.accept()
