"""The card that shows what changed since the last visit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from forms.model import Form, ScaleValue
from visitapp.language import plural, translate
from visitapp.services.views.visits import CommentView, VisitView
from visitapp.ui import words
from visitapp.ui.pages.review.changes import ReviewChange, changes
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.comment_thread import CommentThread
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import button, label


class ChangesCard(Card):
    """Each question with its value last time and now, and the comments on it. `comment_requested`
    carries a question."""

    comment_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        head = QHBoxLayout()
        self._title = label(size="heading")
        head.addWidget(self._title)
        head.addStretch(1)
        self.moved_only = button(translate("Changed only"), kind="chip")
        self.moved_only.setCheckable(True)
        self.moved_only.toggled.connect(self._show_rows)
        head.addWidget(self.moved_only)
        self.column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnMinimumWidth(0, 54)
        self._grid.setColumnStretch(1, 1)
        self.column.addLayout(self._grid)
        self._changes: list[ReviewChange] = []
        self._shown: tuple[list[ReviewChange], list[CommentView], bool] = ([], [], False)

    def show_visit(self, view: VisitView, form: Form) -> None:
        """Show what changed on a visit."""
        found = changes(view, form)
        if (found, view.comments, view.may_comment) == self._shown:
            return  # a button may have the focus
        self._shown = (found, view.comments, view.may_comment)
        self._changes = found
        first = view.previous_visit_on is None
        since = words.day(view.previous_visit_on)
        self._title.setText(
            translate("Findings")
            if first
            else translate("What changed since the last visit, {day}", day=since)
        )
        self.moved_only.setVisible(not first)
        self._show_rows()

    def _show_rows(self) -> None:
        clear(self._grid)
        only = self.moved_only.isChecked() and not self.moved_only.isHidden()
        shown = [one for one in self._changes if one.moved or one.comments or not only]
        if not shown:
            nothing = label(translate("Nothing changed, and there are no findings."), tone="muted")
            self._grid.addWidget(nothing, 0, 0, 1, 3)
        for place, change in enumerate(shown):
            self._show_row(2 * place, change)

    def _show_row(self, row: int, change: ReviewChange) -> None:
        top = Qt.AlignmentFlag.AlignTop
        if row:
            self._grid.addWidget(rule(), row - 1, 0, 1, 3)
        self._grid.addWidget(label(change.question.number, tone="muted"), row, 0, top)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(label(change.question.ask, strong=True, wrap=True))
        note = f"“{change.note}”" if change.note else ""
        pieces = plural("{n} piece of evidence", "{n} pieces of evidence", change.evidence)
        line = words.joined(note, pieces if change.evidence else "")
        if line:
            texts.addWidget(label(line, size="small", tone="muted", wrap=True))
        thread = CommentThread(change.question.ask)
        thread.requested.connect(
            lambda question=change.question.id: self.comment_requested.emit(question)
        )
        texts.addWidget(thread)
        self._grid.addLayout(texts, row, 1)
        thread.show_comments(change.comments, may=self._shown[2])  # in its place: it shows itself
        self._grid.addLayout(_values(change.before, change.now), row, 2, top)


def _values(before: ScaleValue | None, now: ScaleValue | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addStretch(1)
    if before is not None:
        row.addWidget(_chip(before))
        row.addWidget(label("→", tone="muted"))
    row.addWidget(_chip(now))
    return row


def _chip(value: ScaleValue | None) -> RagChip:
    if value is None:
        return RagChip("unrated", translate("No answer"))
    return RagChip(value.rag or "unrated", value.label)
