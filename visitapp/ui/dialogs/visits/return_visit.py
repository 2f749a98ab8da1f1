"""Return a visit to its officer with comments, or reopen an approved one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from visitapp.language import translate
from visitapp.services.visits.sign_off.reviews import Reviews
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import label


class ReturnDialog(Dialog):
    """`returned` carries the VisitView."""

    returned = Signal(object)
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, reviews: Reviews, visit_id: str, *, approved: bool = False
    ) -> None:
        texts = (translate("Return with comments"), translate("Return the visit"))
        if approved:
            texts = (translate("Reopen with a reason"), translate("Reopen the visit"))
        super().__init__(parent, *texts)
        self._reviews = reviews
        self._id = visit_id
        teaching = translate("The officer can change the visit, then signs it off again.")
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.comment = QPlainTextEdit()
        self.comment.setTabChangesFocus(True)
        self.comment.setMinimumHeight(120)
        self.add_field(translate("What needs another look"), self.comment)

    def record_changed(self) -> None:
        """What would be returned is another now."""
        self.messages.show_text(
            translate("This visit was changed elsewhere while you had it open."),
            translate("Read it again before you send it back."),
        )

    def attempt(self) -> None:
        """Return the visit."""
        self.returned.emit(self._reviews.return_(self._id, self.comment.toPlainText()))
        self.accept()
