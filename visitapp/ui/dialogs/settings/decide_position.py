"""Decide whether a setting takes new placements."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from visitapp.language import translate
from visitapp.rules.choices import Position, PositionSource
from visitapp.services.placements.placements import Placements
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_words

_SERVERS = (PositionSource.CARRIED_OVER, PositionSource.ESCALATION, PositionSource.HOLD_LAPSED)


class PositionDialog(Dialog):
    """`decided` carries the PlacementView. What the user may not decide is said before anything is
    typed."""

    decided = Signal(object)
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, placements: Placements, setting_id: str, today: date
    ) -> None:
        super().__init__(parent, translate("Decide on placements"), translate("Decide"), width=560)
        self._placements, self._id = placements, setting_id
        view = placements.view(setting_id)
        self.column.addWidget(label(view.setting, strong=True, wrap=True))
        now = translate("Now: {position}. {note}", position=view.position_word, note=view.note)
        self.column.addWidget(label(now.strip(), tone="muted", wrap=True))
        options = choice_words(Position)
        del options[Position.NOT_ASSESSED]
        self.position = choices(translate("New position"), options, view.position)
        self.hold = QCheckBox(translate("As an emergency hold, which lapses after a few days"))
        self.hold.setAccessibleName(self.hold.text())
        self._objection = label(tone="red", wrap=True)
        self.condition, self.reason = QPlainTextEdit(), QPlainTextEdit()
        sources = {k: w for k, w in choice_words(PositionSource).items() if k not in _SERVERS}
        self.source = choices(translate("Because of"), sources)
        self.review = DayField(translate("Review on"), today, ahead=True)
        self.review.show_day(placements.latest_review())
        self._lay_out()
        self.position.currentIndexChanged.connect(self._position_chosen)
        self.hold.toggled.connect(self._position_chosen)
        self._position_chosen()
        self.watch(lambda: placements.view(setting_id))

    def _lay_out(self) -> None:
        self.add_field(translate("New position"), self.position)
        self.column.addWidget(self.hold)
        self.column.addWidget(self._objection)
        for text in (self.condition, self.reason):
            text.setTabChangesFocus(True)
            text.setMinimumHeight(64)
        self._caption = self.add_field(translate("Condition, in words"), self.condition)
        self.add_field(translate("Reason"), self.reason)
        self.add_field(translate("Because of"), self.source)
        self._review_caption = self.add_field(translate("Review on"), self.review)

    def _position_chosen(self) -> None:
        position = self.position.currentData()
        closed = position == Position.CLOSED
        self.hold.setVisible(closed)
        conditional = position == Position.CONDITIONAL
        self._caption.setVisible(conditional)
        self.condition.setVisible(conditional)
        self._review_caption.setVisible(position != Position.OPEN)
        self.review.setVisible(position != Position.OPEN)
        hold = closed and self.hold.isChecked()
        why = self._placements.objection(self._id, position, hold=hold)
        self._objection.setText(why)
        self._objection.setVisible(bool(why))
        self.primary.setEnabled(not why)

    def record_changed(self) -> None:
        """Somebody else decided meanwhile."""
        self.messages.show_text(
            translate("The position was decided elsewhere while you had this open."),
            translate("Read it again before you decide."),
        )

    def attempt(self) -> None:
        """Decide."""
        position = self.position.currentData()
        conditional = position == Position.CONDITIONAL
        self.decided.emit(
            self._placements.decide(
                self._id,
                position,
                self.reason.toPlainText(),
                condition=self.condition.toPlainText() if conditional else "",
                source=self.source.currentData(),
                review_on=None if position == Position.OPEN else self.review.day(),
                hold=position == Position.CLOSED and self.hold.isChecked(),
            )
        )
        self.accept()
