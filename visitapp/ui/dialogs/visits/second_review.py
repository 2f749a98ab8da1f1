"""Ask a second reviewer, and say as one whether you agree."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.services.visits.sign_off.second_reviews import SecondReviews
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.widgets.text import label


class AskSecondReviewDialog(Dialog):
    """`asked` carries the SecondReviewView."""

    asked = Signal(object)
    keeps_typed = True

    def __init__(self, parent: QWidget | None, seconds: SecondReviews, visit_id: str) -> None:
        super().__init__(
            parent, translate("Ask for a second review"), translate("Ask for the review")
        )
        self._seconds, self._id = seconds, visit_id
        people = {one.name: one.title for one in seconds.candidates(visit_id)}
        teaching = translate("The visit is approved only when both of you agree.")
        if not people:
            teaching = translate(
                "There is no other lead of this team, and no administrator, who took no part in "
                "the visit."
            )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.reviewer = choices(translate("Second reviewer"), people)
        self.add_field(translate("Second reviewer"), self.reviewer)
        self.note = _text()
        self.add_field(translate("What they should look at (optional)"), self.note)

    def attempt(self) -> None:
        """Ask."""
        name = self.reviewer.currentData()
        if not name:
            raise Refused(Code.BAD_VALUE, message("Choose the second reviewer."))
        self.asked.emit(self._seconds.ask(self._id, name, self.note.toPlainText()))
        self.accept()


class AnswerSecondReviewDialog(Dialog):
    """Says something of a second review, with a comment: `said`."""

    said = Signal()
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, heading: str, teaching: str, say: Callable[[str], None]
    ) -> None:
        super().__init__(parent, heading, translate("Save"))
        self._say = say
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.comment = _text()
        self.add_field(translate("Reason"), self.comment)

    def attempt(self) -> None:
        """Say it."""
        self._say(self.comment.toPlainText())
        self.said.emit()
        self.accept()


def _text() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setMinimumHeight(84)
    return field
