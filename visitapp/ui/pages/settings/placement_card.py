"""The card of a setting's overview that says whether it takes new placements."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from visitapp.language import translate
from visitapp.rules.choices import Enforcement, Position, PositionSource
from visitapp.services.views.decided.placements import DecisionView, PlacementView
from visitapp.services.views.regulator import RegulatorActionView
from visitapp.ui import words
from visitapp.ui.widgets.card import Card, clear
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word


class PlacementCard(Card):
    """The position that stands, why, and what waits. `decision_requested`: somebody decides;
    `event_requested` and `enforcement_requested`: something happened."""

    decision_requested = Signal()
    event_requested = Signal()
    enforcement_requested = Signal()

    def __init__(self) -> None:
        super().__init__(translate("New placements"))
        self._body = QVBoxLayout()
        self._body.setSpacing(4)
        self.column.addLayout(self._body)
        self.decide = button(
            translate("Decide on placements…"), kind="chip", makes="placement_position"
        )
        self.decide.clicked.connect(self.decision_requested)
        self.column.addSpacing(4)
        self.record = button(
            translate("Record a significant event…"), kind="chip", makes="significant_event"
        )
        self.record.clicked.connect(self.event_requested)
        self.enforcement = button(
            translate("Record a regulator's action…"), kind="chip", makes="regulator_action"
        )
        self.enforcement.clicked.connect(self.enforcement_requested)
        ways = Flow()
        ways.add(self.decide)
        ways.add(self.record)
        ways.add(self.enforcement)
        self.escalation = button(translate("Escalation"), kind="chip", makes="escalation")
        ways.add(self.escalation)
        self.column.addWidget(ways)

    def show_position(
        self, view: PlacementView, enforcement: Sequence[RegulatorActionView]
    ) -> None:
        """Show where a setting stands on placements, and what regulators have in force."""
        clear(self._body)
        self._body.addWidget(label(view.position_word, strong=True, wrap=True))
        for one in view.decisions:
            if one.stands or one.met:
                self._show_decision(one)
        for sentence in view.waits:
            self._body.addWidget(label(sentence, tone="amber", wrap=True))
        if view.decision is None and not view.waits:
            teaching = translate(
                "Nobody has decided yet. A first rating asks for a decision; a Red closes the "
                "setting at once."
            )
            self._body.addWidget(label(teaching, tone="muted", wrap=True))
        for action in enforcement:
            if action.in_force:
                self._body.addWidget(label(_enforced(action), size="small", wrap=True))
        self.decide.setVisible(not view.may_decide)

    def _show_decision(self, one: DecisionView) -> None:
        if one.met:
            other = translate(
                "Another decision: {position}",
                position=choice_word(Position, one.position).lower(),
            )
            self._body.addWidget(label(other, strong=True, wrap=True))
        for text in (one.condition, one.reason):
            if text:
                self._body.addWidget(label(text, wrap=True))
        self._body.addWidget(label(_about(one), size="small", tone="muted", wrap=True))


def _enforced(action: RegulatorActionView) -> str:
    """`Regulator: special measures · from 3 Nov 2026 · two nurses on nights`."""
    kind = choice_word(Enforcement, action.kind).lower()
    return words.joined(
        translate("Regulator: {kind}", kind=kind),
        translate("from {day}", day=words.day(action.from_on)),
        action.conditions,
    )


def _about(one: DecisionView) -> str:
    """`from 22 Nov 2026 · The rating · Max Doe · review 20 Dec 2026`."""
    review = translate("review {day}", day=words.day(one.review_on)) if one.review_on else ""
    until = translate("held until {day}", day=words.day(one.lapses_on)) if one.lapses_on else ""
    return words.joined(
        translate("from {day}", day=words.day(one.from_on)),
        choice_word(PositionSource, one.source),
        one.decided_by,
        until or review,
    )
