"""What becomes of a worse rating that a themed audit found: chosen at sign-off, never silently."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from visitapp.language import translate
from visitapp.services.visits.sign_off.audits import AuditChoice
from visitapp.ui.dialogs.fields import DayField
from visitapp.ui.widgets.text import label, named


class AuditChoiceFields(QWidget):
    """Two choices, of which none is made at first. `changed`: one was made."""

    changed = Signal()

    def __init__(self, today: date, review_on: date) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        teaching = translate("This audit found a worse rating than the one that stands.")
        column.addWidget(label(teaching, strong=True, wrap=True))
        self.propose = self._way(translate("Propose it to the team lead"))
        self.apply = self._way(translate("Change the rating now, as a significant event"))
        self._ways = QButtonGroup(self)
        for way in (self.propose, self.apply):
            self._ways.addButton(way)
            column.addWidget(way)
        self._now = QWidget()
        below = QVBoxLayout(self._now)
        below.setContentsMargins(26, 0, 0, 0)
        self.reason = named(QPlainTextEdit(), translate("Reason for changing the rating now"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(64)
        self.review = DayField(translate("Review on"), today, ahead=True)
        self.review.show_day(review_on)
        for field in (self.reason, self.review):
            below.addWidget(label(field.accessibleName(), size="small", tone="muted"))
            below.addWidget(field)
        column.addWidget(self._now)
        self._now.setVisible(False)
        self._ways.buttonToggled.connect(self._chosen)

    def choice(self) -> AuditChoice | None:
        """What was chosen; None before that. Raises Refused for a day that is none."""
        if self.apply.isChecked():
            reason = self.reason.toPlainText()
            return AuditChoice(apply=True, reason=reason, review_on=self.review.day())
        return AuditChoice(apply=False) if self.propose.isChecked() else None

    @property
    def made(self) -> bool:
        """Whether one was chosen."""
        return self._ways.checkedButton() is not None

    def _way(self, text: str) -> QRadioButton:
        return named(QRadioButton(text), text)

    def _chosen(self) -> None:
        self._now.setVisible(self.apply.isChecked())
        self.changed.emit()
