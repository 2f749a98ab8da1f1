"""The comment that goes with an approval, and the way back from one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from visitapp.language import translate
from visitapp.records import VisitStatus
from visitapp.rules.visit_life import may_be_approved
from visitapp.services.views.visits import VisitView
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.header import HeaderButtons
from visitapp.ui.widgets.option_keys import OptionKeys
from visitapp.ui.widgets.segmented import KeyButton
from visitapp.ui.widgets.text import button, label

NEXT = OptionKeys(("Alt+Down",), "Alt ↓")


class DecisionCard(Card):
    """Before the decision a field for a comment; after it Undo or Reopen, and the next visit."""

    undo_requested = Signal()
    reopen_requested = Signal()
    next_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._visit_id = ""
        self._typed: dict[str, str] = {}
        self._text = label(wrap=True, strong=True)
        self._caption = label(
            translate("Comment with the approval (optional)"), size="small", tone="muted"
        )
        self.comment = QLineEdit()
        self.comment.setAccessibleName(self._caption.text())
        self._caption.setBuddy(self.comment)
        self.undo = button(translate("Undo"))
        self.reopen = button(translate("Reopen with a reason"))
        self.next = KeyButton(translate("Next visit"), NEXT, kind="", name=translate("Next visit"))
        ways = HeaderButtons(gap=12)
        for way in (self.undo, self.next, self.reopen):
            ways.add(way)
        for part in (self._text, self._caption, self.comment, ways):
            self.column.addWidget(part)
        self.undo.clicked.connect(self.undo_requested)
        self.reopen.clicked.connect(self.reopen_requested)
        self.next.clicked.connect(self.next_requested)

    def show_visit(self, view: VisitView, *, may: bool, can_undo: bool, more: bool) -> None:
        """may: whether this person decides on the visit. more: whether another one waits."""
        summary = view.summary
        waits, approved = may_be_approved(summary.status), summary.status == VisitStatus.APPROVED
        focused = self.undo.hasFocus()
        self._keep_typed(summary.id)
        self.setVisible(may)
        self._text.setText(self._sentence(summary.status, can_undo=can_undo))
        self._text.setVisible(summary.status != VisitStatus.SIGNED_OFF)
        for part in (self._caption, self.comment):
            part.setVisible(waits)
        self.next.setVisible(not waits and more)
        self.reopen.setVisible(approved and not can_undo)
        self.undo.setVisible(approved and can_undo)
        if focused and not self.undo.isVisible():
            (self.next if more else self.reopen).setFocus()

    def _sentence(self, status: str, *, can_undo: bool) -> str:
        if status == VisitStatus.NOT_SAMPLED:
            return translate(
                "Not sampled: nobody has to review this visit. You can still approve or return it."
            )
        if status != VisitStatus.APPROVED:
            return translate("This visit is with its officer.")
        if can_undo:
            return translate(
                "Approved. You can undo this for ten seconds. It is not sent until then."
            )
        return translate(
            "Approved. This can no longer be undone. If something is wrong, reopen the visit with "
            "a reason. Its officer can then change it and sign it off again."
        )

    def _keep_typed(self, visit_id: str) -> None:
        """Each visit has a comment of its own, also while another one is looked at."""
        if visit_id != self._visit_id:
            self._typed[self._visit_id] = self.comment.text()
            self.comment.setText(self._typed.get(visit_id, ""))
            self._visit_id = visit_id
