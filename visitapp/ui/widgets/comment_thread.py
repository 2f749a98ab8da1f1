"""The comments on an answer, and the way to one more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.language import translate
from visitapp.services.views.visits import CommentView
from visitapp.ui import words
from visitapp.ui.widgets.card import Quote, clear
from visitapp.ui.widgets.text import button, label


class CommentThread(QWidget):
    """`requested`: the person wants to comment, or to reply to the newest comment."""

    requested = Signal()

    def __init__(self, about: str) -> None:
        """about: the question, for a screen reader."""
        super().__init__()
        self._about = about
        self._comments: Sequence[CommentView] = ()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        self.write = button(translate("Comment"), kind="chip")
        self.write.clicked.connect(self.requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(self.lines)
        column.addWidget(self.write)
        self.hide()

    def show_comments(self, comments: Sequence[CommentView], *, may: bool) -> None:
        """Show the comments, the oldest first. `may`: whether this person can add one."""
        if comments != self._comments:
            self._comments = comments
            clear(self.lines)
            for comment in comments:
                self.lines.addWidget(Quote(label(_line(comment), size="small", wrap=True)))
        text = translate("Reply") if comments else translate("Comment")
        name = translate("Reply: {question}", question=self._about)
        self.write.setText(text)
        self.write.setAccessibleName(
            name if comments else translate("Comment: {question}", question=self._about)
        )
        self.write.setVisible(may)
        self.setVisible(may or bool(comments))


def _line(comment: CommentView) -> str:
    day = words.day(comment.at.astimezone().date())
    who = translate("You") if comment.mine else comment.by
    return f"{words.joined(who, day)}: {comment.text}"
