"""The live risk of one setting: the results with their reasons, every answer, what moved it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.services.risk.words import move_text, scored
from visitapp.services.views.risk import LiveRiskView, RiskInput
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.card import Card, rule
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import button, label


class LiveRiskDialog(Dialog):
    """`setting_requested` and `assessment_requested` carry the id of the setting."""

    setting_requested = Signal(str)
    assessment_requested = Signal(str)

    def __init__(self, parent: QWidget | None, view: LiveRiskView) -> None:
        row = view.row
        super().__init__(parent, row.setting, translate("Open the setting"), width=680)
        self.cancel.setText(translate("Close"))
        self.cancel.setAccessibleName(self.cancel.text())
        self._id = row.setting_id
        chips = Flow()
        for result in (row.quality, row.contract):
            if result is not None:
                chips.add(RagChip(result.rag, f"{result.title}: {scored(result)}"))
        self.column.addWidget(chips)
        about = words.joined(row.model, words.polarity(), _recorded(view))
        self.column.addWidget(label(about, size="small", tone="muted", wrap=True))
        if row.moved_by or row.moved:
            title = words.joined(translate("Since last week"), move_text(row))
            self._add_card(title, row.moved_by or [translate("Other settings moved.")])
        for title, because in view.because.items():
            self._add_card(title, because)
        for title, inputs in view.inputs.items():
            self._add_inputs(title, inputs)
        self.assess = button(translate("Assess risk…"), makes="visit")
        self.assess.clicked.connect(lambda: self._leave_for(self.assessment_requested))
        self._foot.add(self.assess)

    def attempt(self) -> None:
        """Go to the setting."""
        self._leave_for(self.setting_requested)

    def _leave_for(self, signal: SignalInstance) -> None:
        self.accept()
        signal.emit(self._id)

    def _add_card(self, title: str, lines: Sequence[str]) -> None:
        card = Card(title)
        for line in lines:
            card.column.addWidget(label(line, wrap=True))
        self.column.addWidget(card)

    def _add_inputs(self, title: str, inputs: Sequence[RiskInput]) -> None:
        card = Card(title)
        for place, one in enumerate(inputs):
            if place:
                card.column.addWidget(rule())
            answer = one.answer or translate("not known")
            said = translate("{question} {answer}", question=one.ask, answer=answer)
            tone = "muted" if one.stale or not one.answer else ""
            card.column.addWidget(label(said, strong=bool(one.answer), tone=tone, wrap=True))
            if one.origin:
                origin = label(one.origin, size="small", tone="muted", wrap=True)
                card.column.addWidget(origin)
        self.column.addWidget(card)


def _recorded(view: LiveRiskView) -> str:
    night = view.row.recorded_on
    if night is None:
        return ""
    return translate("As the server recorded it on {day}.", day=words.day(night))
