"""The placement exceptions of one setting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.language import translate
from visitapp.records import ExceptionStatus
from visitapp.services.exceptions.words import state_word
from visitapp.services.views.decided.exceptions import ExceptionView
from visitapp.ui import words
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label


class ExceptionsCard(Card):
    """Each exception with its steps. The signals about one carry its id."""

    of = "placement_exception"
    ask_requested = Signal()
    assessment_requested = Signal(str)
    placement_requested = Signal(str)
    withdrawal_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__(translate("Placement exceptions"))
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.column.addLayout(self._list)
        self.ask = button(
            translate("Ask for an exception"), kind="chip", makes="placement_exception"
        )
        self.ask.clicked.connect(self.ask_requested)
        self.column.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)

    def show_exceptions(
        self,
        exceptions: Sequence[ExceptionView],
        next_states: Callable[[str], Collection[str]],
        *,
        may_ask: bool,
    ) -> None:
        """next_states: the states that the person may bring an exception of a state to. may_ask:
        whether the person may ask, and the setting is closed."""
        clear(self._list)
        self.setVisible(bool(exceptions) or may_ask)
        self.ask.setVisible(may_ask)
        for place, one in enumerate(exceptions):
            if place:
                self._list.addWidget(rule())
            state = state_word(one)
            valid = (
                translate("valid to {day}", day=words.day(one.valid_to))
                if one.status == ExceptionStatus.AUTHORISED
                else ""
            )
            self._list.addWidget(label(words.joined(one.person, state, valid), strong=True))
            self._list.addWidget(label(one.why, size="small", tone="muted", wrap=True))
            if one.covered is False:
                outside = translate("Placed while no exception was in force.")
                self._list.addWidget(label(outside, tone="red", wrap=True))
            ways = self._ways(one, next_states(one.status))
            if ways is not None:
                self._list.addWidget(ways)
        if not exceptions:
            none = translate("Closed to new placements. No exception was asked for.")
            self._list.addWidget(label(none, tone="muted", wrap=True))

    def _ways(self, one: ExceptionView, states: Collection[str]) -> QWidget | None:
        offered = [
            (ExceptionStatus.ASKED, translate("Risk assessment"), self.assessment_requested),
            (ExceptionStatus.USED, translate("Record the placement"), self.placement_requested),
            (ExceptionStatus.VOID, translate("Withdraw"), self.withdrawal_requested),
        ]
        ways = Flow(gap=12)
        for after, text, signal in offered:
            if after in states:
                way = button(text, kind="link", name=f"{text}, {one.person}")
                way.clicked.connect(lambda _=False, signal=signal: signal.emit(one.id))
                ways.add(way)
        return ways if ways.parts() else None
