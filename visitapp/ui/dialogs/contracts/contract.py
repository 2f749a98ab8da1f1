"""One contract: how closely it is managed, the settings under it, its terms and decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QPushButton, QWidget

from visitapp.language import translate
from visitapp.rules.market_choices import ContractStatus, ManagementLevel
from visitapp.services.views.contracts import ContractView, LevelView
from visitapp.services.views.places import ContractSettingView
from visitapp.ui import words
from visitapp.ui.dialogs.contracts.terms import decision_lines, term_lines
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.models.contracts import under_columns
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import clear
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.table import ROW, RowTable
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word

MOST_ROWS = 6
"""Rows in view at most, so that the terms below stay near; the table scrolls."""
_PAGES = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ContractDialog(Dialog):
    """`setting_requested` and `provider_requested` carry an id to go to. The others ask for a
    change: `step_requested` carries the state that the contract comes to, `place_changed` and
    `place_ended` a place under it."""

    setting_requested = Signal(str)
    provider_requested = Signal(str)
    terms_requested = Signal()
    level_requested = Signal()
    step_requested = Signal(str)
    place_requested = Signal()
    place_changed = Signal(object)
    place_ended = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        contract: ContractView,
        look: Look,
        today: date,
        *,
        may_change: bool,
    ) -> None:
        heading = translate("Contract {number}", number=contract.row.number)
        primary = translate("Open the setting") if contract.settings else translate("Close")
        super().__init__(parent, heading, primary, width=720)
        self._may_change, self.contract_id = may_change, contract.row.id
        self._today = today
        self.cancel.setText(translate("Close"))
        self.cancel.setAccessibleName(self.cancel.text())
        self.table = RowTable(translate("Settings"), under_columns(), look)
        self.table.opened.connect(self._open)
        self.table.setMaximumHeight(look.px(ROW) * (MOST_ROWS + 1))
        self.show_contract(contract)
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus on the settings; without any, on the primary button."""
        if self.table.isHidden():
            self.primary.setFocus()
        else:
            self.table.selectRow(max(self.table.currentIndex().row(), 0))
            self.table.setFocus()

    def show_contract(self, contract: ContractView) -> None:
        """Show it, again after a change."""
        self.table.setParent(None)
        clear(self.column)
        self.cancel.setVisible(bool(contract.settings))
        row = contract.row
        self.column.addWidget(label(row.title or translate("No title"), strong=True, wrap=True))
        provider = button(row.provider, kind="link")
        provider.clicked.connect(lambda: self._leave_for(row.provider_id))
        self.column.addWidget(provider, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_rating(contract)
        self._add_level(contract.level)
        self._add_heading(translate("Settings"))
        self._add_settings(contract)
        self._add_heading(translate("Terms"))
        self.column.addLayout(_grid(term_lines(contract)))
        self._add_ways(self._decisions(contract))
        if contract.steps:
            self._add_heading(translate("Decisions"))
            self.column.addLayout(_grid(decision_lines(contract.steps)))

    def attempt(self) -> None:
        """Go to the setting; without one, close."""
        place = self.table.current()
        if place is None:
            self.accept()
        else:
            self._open(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down reach the terms on a low screen: nothing there takes the focus."""
        if event.key() in _PAGES:
            QApplication.sendEvent(self.body.verticalScrollBar(), event)
        else:
            super().keyPressEvent(event)

    def _open(self, place: ContractSettingView) -> None:
        self.setting_requested.emit(place.setting_id)
        self.accept()

    def _leave_for(self, provider_id: str) -> None:
        self.provider_requested.emit(provider_id)
        self.accept()

    def _add_heading(self, text: str) -> None:
        self.column.addSpacing(8)
        self.column.addWidget(label(text, size="heading"))

    def _add_rating(self, contract: ContractView) -> None:
        """The contract's own rating; nothing before its first review."""
        if not contract.rating.visited_on:
            return
        day = translate("from the review on {day}", day=words.day(contract.rating.visited_on))
        line = QHBoxLayout()
        line.addWidget(RagChip(contract.rating.rag, contract.rating.level))
        line.addWidget(label(day, tone="muted", wrap=True), 1)
        self.column.addLayout(line)

    def _add_level(self, level: LevelView) -> None:
        self._add_heading(translate("Management level"))
        name = choice_word(ManagementLevel, level.level)
        self.column.addWidget(label(name, strong=True, wrap=True))
        if level.overridden:
            by_hand = translate("Set by a person. {reason}", reason=level.reason)
            self.column.addWidget(label(by_hand, wrap=True))
            review = translate("Review on {day}", day=words.day(level.review_on))
            tone = "amber" if level.review_due else "muted"
            self.column.addWidget(label(review, tone=tone, wrap=True))
            by_rules = translate(
                "The council's rules give: {level}",
                level=choice_word(ManagementLevel, level.by_rules),
            )
            self.column.addWidget(label(by_rules, tone="muted", wrap=True))
        for reason in level.reasons:
            self.column.addWidget(label(reason, tone="muted", wrap=True))
        self._add_ways([(translate("Set the level…"), self.level_requested.emit)])

    def _add_settings(self, contract: ContractView) -> None:
        self.table.show_rows(contract.settings)
        self.column.addWidget(self.table)
        self.table.setVisible(bool(contract.settings))
        if not contract.settings:
            none = translate("No setting on this laptop is under this contract.")
            self.column.addWidget(label(none, tone="muted", wrap=True))
        for past in _past_lines(contract.past_settings, self._today):
            self.column.addWidget(label(past, tone="muted", wrap=True))
        ways: list[tuple[str, Callable[[], object]]] = []
        if contract.row.phase != ContractStatus.ENDED:
            ways.append((translate("Add a setting…"), self.place_requested.emit))
        if contract.settings:
            ways.append((translate("Change what is bought…"), self._change_place))
            ways.append((translate("Remove…"), self._end_place))
        self._add_ways(ways)

    def _decisions(self, contract: ContractView) -> list[tuple[str, Callable[[], object]]]:
        """What can be decided now, each on a button."""
        words_of = {
            ContractStatus.EXTENDED: translate("Extend…"),
            ContractStatus.ENDING: translate("Give notice…"),
            ContractStatus.ENDED: translate("End…"),
        }
        over = contract.row.phase in (ContractStatus.ENDING, ContractStatus.ENDED)
        if over:
            # An ending contract goes back to live or extended, as it was.
            del words_of[ContractStatus.EXTENDED]
            words_of[ContractStatus.ENDING] = translate("Change the last day…")
            words_of[ContractStatus.LIVE] = translate("Withdraw the notice or end…")
        ways: list[tuple[str, Callable[[], object]]] = [
            (translate("Edit the terms…"), self.terms_requested.emit)
        ]
        ways += [
            (text, partial(self.step_requested.emit, state.value))
            for state, text in words_of.items()
            if state in contract.next_states
        ]
        return ways

    def _change_place(self) -> None:
        if (place := self.table.current()) is not None:
            self.place_changed.emit(place)

    def _end_place(self) -> None:
        if (place := self.table.current()) is not None:
            self.place_ended.emit(place)

    def _add_ways(self, ways: Sequence[tuple[str, Callable[[], object]]]) -> None:
        if not self._may_change:
            return
        row = Flow()
        for text, do in ways:
            row.add(_way(text, do))
        self.column.addWidget(row)


def _way(text: str, do: Callable[[], object]) -> QPushButton:
    way = button(text, kind="chip")
    way.clicked.connect(lambda: do())
    return way


def _grid(lines: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    grid.setVerticalSpacing(4)
    grid.setHorizontalSpacing(14)
    for row, (caption, text) in enumerate(lines):
        heading = label(caption, size="small", tone="muted")
        grid.addWidget(heading, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(text, wrap=True), row, 1)
    return grid


def _past_lines(past: Sequence[ContractSettingView], today: date) -> list[str]:
    """The settings whose last day under the contract is today, and those whose day is over."""
    last = [one for one in past if one.ends_on == today]
    over = {one.setting: one.ends_on for one in past if one.ends_on != today}
    lines = []
    if last:
        names = ", ".join(dict.fromkeys(one.setting for one in last))
        lines.append(translate("Under it until today: {settings}", settings=names))
    if over:
        names = ", ".join(
            translate("{setting} (until {day})", setting=name, day=words.day(day))
            if day and day < today
            else name
            for name, day in over.items()
        )
        lines.append(translate("No longer under it: {settings}", settings=names))
    return lines
