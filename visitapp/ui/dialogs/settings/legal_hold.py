"""Set a legal hold, or lift one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.retention.holds import HoldSubject
from visitapp.services.retention.holds import LegalHolds
from visitapp.services.retention.views import LegalHoldView
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import choices, text_field
from visitapp.ui.widgets.text import label


class SetHoldDialog(Dialog):
    """`held` is emitted once a hold is set."""

    held = Signal()
    keeps_typed = True

    def __init__(self, parent: QWidget | None, holds: LegalHolds, setting_id: str) -> None:
        super().__init__(parent, translate("Set a legal hold"), translate("Set the hold"))
        self._holds, self._choices = holds, holds.choices(setting_id)
        teaching = translate(
            "Records under a legal hold are kept, whatever their retention period. A hold on a "
            "provider or contract keeps those of its settings too."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        options = {str(place): one.label for place, one in enumerate(self._choices)}
        self.which = choices(translate("Keep the records of"), options)
        self.add_field(translate("Keep the records of"), self.which)
        self.reason = text_field()
        self.add_field(translate("Reason"), self.reason)

    def attempt(self) -> None:
        """Set it."""
        one = self._choices[int(self.which.currentData())]
        person = one.name if one.subject == HoldSubject.PERSON else ""
        self._holds.set(one.subject, one.subject_id, self.reason.toPlainText(), person=person)
        self.held.emit()
        self.accept()


class LiftHoldDialog(Dialog):
    """`lifted` is emitted once a hold is lifted."""

    lifted = Signal()
    keeps_typed = True

    def __init__(self, parent: QWidget | None, holds: LegalHolds, view: LegalHoldView) -> None:
        super().__init__(parent, translate("Lift the legal hold"), translate("Lift the hold"))
        self._holds, self._id = holds, view.id
        self.column.addWidget(label(words.joined(view.subject_word, view.name), strong=True))
        self.column.addWidget(label(view.reason, tone="muted", wrap=True))
        teaching = translate(
            "Records whose retention period is over are removed by the next retention run."
        )
        self.column.addWidget(label(teaching, tone="amber", wrap=True))
        self.reason = text_field()
        self.add_field(translate("Reason"), self.reason)

    def attempt(self) -> None:
        """Lift it."""
        self._holds.lift(self._id, self.reason.toPlainText())
        self.lifted.emit()
        self.accept()
