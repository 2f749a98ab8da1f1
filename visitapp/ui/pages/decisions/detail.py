"""One decision: what is asked, what is on record, what follows, and the form."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from visitapp.language import translate
from visitapp.services.views.decided.decisions import DecisionView, Passage
from visitapp.ui.pages.decisions.decision_card import DecisionCard
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, ScrollColumn, clear
from visitapp.ui.widgets.header import HeaderButtons
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import button, label
from visitapp.ui.widgets.wrapping import FoldingColumns, FoldingRow, WrappingLabel

COLUMN = 300
"""Pixels that each of the two columns needs at 100 %."""


class DecisionDetail(ScrollColumn):
    """`setting_requested` and `visit_requested` carry an id."""

    setting_requested = Signal(str)
    visit_requested = Signal(str)

    def __init__(self, look: Look, today: date) -> None:
        super().__init__(translate("The decision"), margins=(28, 20, 28, 24))
        self._view: DecisionView | None = None
        self.title = WrappingLabel(size="title")
        self.chip = RagChip("unrated")
        self.setting = button(translate("Open the setting"), kind="link")
        self.visit = button(translate("Read the visit"), kind="link")
        self._standing = WrappingLabel(size="small", tone="muted")
        self.form = DecisionCard(today)
        self._others = Card(translate("Who decides"))
        self._who = label(wrap=True)
        self._others.column.addWidget(self._who)
        self._record = QWidget()
        self._passages = QVBoxLayout(self._record)
        self._passages.setContentsMargins(0, 0, 0, 0)
        self._passages.setSpacing(12)
        links = HeaderButtons(gap=12)
        for part in (self.chip, self.setting, self.visit):
            links.add(part)
        self.column.addWidget(FoldingRow([self.title, links]))
        self.column.addWidget(self._standing)
        sides = ((5, (self._record,)), (4, (self.form, self._others)))
        self.column.addWidget(FoldingColumns(sides, look, COLUMN))
        self.column.addStretch(1)
        self.setting.clicked.connect(self._open_setting)
        self.visit.clicked.connect(self._open_visit)

    def show_decision(self, view: DecisionView) -> None:
        """Show a decision. What was typed stays while the same one is shown unchanged."""
        if view == self._view:
            return
        same = self._view is not None and _key(self._view) == _key(view)
        options_stay = self._view is not None and self._view.options == view.options
        self._view = view
        waiting = view.waiting
        self.title.setText(
            translate("{title}, {setting}", title=waiting.title, setting=waiting.setting)
        )
        self.chip.set_rag(waiting.rag or "unrated", "")
        self._standing.setText(view.standing)
        self._standing.setVisible(bool(view.standing))
        self.visit.setVisible(bool(view.visit_id))
        clear(self._passages)
        for passage in view.passages:
            self._passages.addWidget(_card(passage))
        follows = [(option.label, text) for option in view.options for text in option.follows]
        self._passages.addWidget(_card(Passage(translate("What follows"), follows)))
        self.form.setVisible(waiting.mine)
        self._others.setVisible(not waiting.mine)
        self._who.setText(
            translate("This is for {who} to decide. You can read it.", who=waiting.decided_by)
        )
        if not (same and options_stay):
            self.form.show_decision(view)
        if not same:
            self.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """The decision was recorded, and what was typed for it with it."""
        self._view = None
        self.form.forget()

    def _open_setting(self) -> None:
        if self._view is not None:
            self.setting_requested.emit(self._view.waiting.setting_id)

    def _open_visit(self) -> None:
        if self._view is not None:
            self.visit_requested.emit(self._view.visit_id)


def _key(view: DecisionView) -> tuple[str, str]:
    return view.waiting.kind, view.waiting.id


def _card(passage: Passage) -> Card:
    """Labels at the left, their texts beside them."""
    card = Card(passage.title)
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    grid.setVerticalSpacing(6)
    grid.setHorizontalSpacing(14)
    before = ""
    for row, (caption, text) in enumerate(passage.lines):
        shown = label(text, wrap=True)
        if caption:
            heading = label("" if caption == before else caption, size="small", tone="muted")
            grid.addWidget(heading, row, 0)
            grid.addWidget(shown, row, 1)
        else:
            grid.addWidget(shown, row, 0, 1, 2)
        before = caption
    card.column.addLayout(grid)
    return card
