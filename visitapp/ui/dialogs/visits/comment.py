"""Comment on an answer, or reply to a comment there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from forms.model import Question
from visitapp.language import translate
from visitapp.services.views.visits import CommentView
from visitapp.services.visits.comments import Comments
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.comment_thread import CommentThread
from visitapp.ui.widgets.text import label


class CommentDialog(Dialog):
    """`kept` carries the CommentView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        comments: Comments,
        visit_id: str,
        question: Question,
        there: Sequence[CommentView],
    ) -> None:
        """there: the comments on this question so far."""
        heading = translate("Comment on {number}", number=question.number)
        super().__init__(parent, heading, translate("Save comment"))
        self._comments, self._id, self._question = comments, visit_id, question.id
        self.column.addWidget(label(question.ask, wrap=True, strong=True))
        so_far = CommentThread(question.ask)
        so_far.show_comments(there, may=False)
        self.column.addWidget(so_far)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(96)
        self.add_field(translate("Your comment"), self.text)
        kept = translate(
            "The team lead and the officer of the visit read it at this question. It cannot be "
            "changed later, and is not printed in the report."
        )
        self.column.addWidget(label(kept, size="small", tone="muted", wrap=True))

    def attempt(self) -> None:
        """Keep the comment."""
        self.kept.emit(self._comments.add(self._id, self._question, self.text.toPlainText()))
        self.accept()
