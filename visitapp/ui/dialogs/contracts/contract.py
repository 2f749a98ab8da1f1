"""One contract: how closely it is managed, the settings under it, its terms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QWidget

from visitapp.language import translate
from visitapp.rules.market_choices import ManagementLevel
from visitapp.services.views.contracts import ContractView, LevelView
from visitapp.services.views.places import ContractSettingView
from visitapp.ui import words
from visitapp.ui.dialogs.contracts.terms import term_lines
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.models.contracts import under_columns
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.table import ROW, RowTable
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_word

MOST_ROWS = 6
"""Rows in view at most, so that the terms below stay near; the table scrolls."""
_PAGES = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ContractDialog(Dialog):
    """`setting_requested` carries the id of the setting to go to."""

    setting_requested = Signal(str)

    def __init__(self, parent: QWidget | None, contract: ContractView, look: Look) -> None:
        heading = translate("Contract {number}", number=contract.row.number)
        primary = translate("Open the setting") if contract.settings else translate("Close")
        super().__init__(parent, heading, primary, width=720)
        self.cancel.setText(translate("Close"))
        self.cancel.setAccessibleName(self.cancel.text())
        self.cancel.setVisible(bool(contract.settings))
        row = contract.row
        self.column.addWidget(label(row.title or translate("No title"), strong=True, wrap=True))
        self.column.addWidget(label(row.provider, tone="muted", wrap=True))
        self._add_rating(contract)
        self._add_level(contract.level)
        self._add_heading(translate("Settings"))
        self.table = RowTable(translate("Settings"), under_columns(), look)
        self._add_settings(contract, look)
        self._add_heading(translate("Terms"))
        self._add_terms(contract)

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

    def _add_heading(self, text: str) -> None:
        self.column.addSpacing(8)
        self.column.addWidget(label(text, size="heading"))

    def _add_rating(self, contract: ContractView) -> None:
        """The contract's own rating; nothing before its first review."""
        if not contract.rating.visited_on:
            return
        day = translate("by the review of {day}", day=words.day(contract.rating.visited_on))
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

    def _add_settings(self, contract: ContractView, look: Look) -> None:
        self.table.opened.connect(self._open)
        self.table.setMaximumHeight(look.px(ROW) * (MOST_ROWS + 1))
        self.table.show_rows(contract.settings)
        self.table.setVisible(bool(contract.settings))
        self.column.addWidget(self.table)
        if contract.settings:
            self.table.selectRow(0)
            self.table.setFocus()
        else:
            none = translate("No setting on this laptop is under this contract.")
            self.column.addWidget(label(none, tone="muted", wrap=True))
        if contract.past_settings:
            names = ", ".join(dict.fromkeys(one.setting for one in contract.past_settings))
            past = translate("No longer under it: {settings}", settings=names)
            self.column.addWidget(label(past, tone="muted", wrap=True))

    def _add_terms(self, contract: ContractView) -> None:
        self.column.addLayout(_grid(term_lines(contract)))


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
