"""Override the outcome of a signed-off visit, or take that back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from visitapp.language import translate
from visitapp.services.views.visits import VisitView
from visitapp.services.visits.sign_off.overrides import RATINGS, Overrides
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.widgets.text import label


class OverrideDialog(Dialog):
    """`asked` carries the OverrideView."""

    asked = Signal(object)
    keeps_typed = True

    def __init__(self, parent: QWidget | None, overrides: Overrides, view: VisitView) -> None:
        super().__init__(parent, translate("Override the outcome"), translate("Ask for it"))
        self._overrides, self._id = overrides, view.summary.id
        outcome = view.outcome.overall
        self.column.addWidget(
            label(translate("The outcome is {rag}.", rag=words.rag_word(outcome)), strong=True)
        )
        teaching = translate(
            "A worse rating counts at once. A better one counts when a team lead who had no part "
            "in the visit agrees. Both ratings and your reason are printed and shown for ever."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        others = {rag.value: words.rag_word(rag) for rag in RATINGS if rag != outcome}
        self.rag = choices(translate("Rating"), others)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setMinimumHeight(100)
        self.add_field(translate("Rating"), self.rag)
        self.add_field(translate("Reason, kept for ever"), self.reason)

    def attempt(self) -> None:
        """Ask for it."""
        asked = self._overrides.ask(
            self._id, str(self.rag.currentData()), self.reason.toPlainText()
        )
        self.asked.emit(asked)
        self.accept()


class WithdrawOverrideDialog(Dialog):
    """`withdrawn` carries the OverrideView."""

    withdrawn = Signal(object)
    keeps_typed = True

    def __init__(self, parent: QWidget | None, overrides: Overrides, override_id: str) -> None:
        super().__init__(parent, translate("Withdraw the override"), translate("Withdraw it"))
        self._overrides, self._id = overrides, override_id
        teaching = translate("The outcome decides the rating again.")
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.add_field(translate("Reason"), self.reason)

    def attempt(self) -> None:
        """Withdraw it."""
        self.withdrawn.emit(self._overrides.withdraw(self._id, self.reason.toPlainText()))
        self.accept()
