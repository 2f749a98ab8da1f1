"""Show the outcome of a blind visit before all is answered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.services.visits.visits import Visits
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import label, named


class ShowOutcomeDialog(Dialog):
    """`shown` tells that it is in view from now on. What was seen cannot be unseen, so it asks."""

    shown = Signal()

    def __init__(self, parent: QWidget | None, visits: Visits, visit_id: str) -> None:
        super().__init__(parent, translate("Show the outcome now?"), translate("Show the outcome"))
        self._visits, self._id = visits, visit_id
        told = translate(
            "Questions are still unanswered. Once you have seen the outcome, the report no longer "
            "says that it was hidden until all questions were answered."
        )
        self.column.addWidget(label(told, wrap=True))
        named(self.cancel, translate("Keep it hidden")).setText(translate("Keep it hidden"))

    def attempt(self) -> None:
        """Show it."""
        self._visits.hide_outcome(self._id, hidden=False)
        self.shown.emit()
        self.accept()
