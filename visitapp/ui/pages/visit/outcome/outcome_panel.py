"""The right side of the Visit page: the outcome, the actions raised, what was kept aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.language import plural, translate
from visitapp.services.views.actions import ActionView
from visitapp.ui import words
from visitapp.ui.pages.visit.outcome.kept_aside_card import KeptAsideCard
from visitapp.ui.pages.visit.outcome.outcome_card import OutcomeCard
from visitapp.ui.pages.visit.outcome.override_card import OverrideCard
from visitapp.ui.pages.visit.room.last_visit import LastVisitCard
from visitapp.ui.pages.visit.room.open_actions import OpenActionsCard
from visitapp.ui.pages.visit.room.photo_tray import PhotoTray
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, ScrollColumn, clear
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.folding_side import Side
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import button, label, named
from visitapp.ui.widgets.tile import Tile

EDGE = 6
WIDTH = 340
WIDEST = 400
BELOW = 80


class VisitActionsCard(Card):
    """The actions raised on this visit. `opened` carries one."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._title = label(size="small", strong=True)
        self.column.addWidget(self._title)
        self._list = QVBoxLayout()
        self._list.setSpacing(1)
        self._shown: list[ActionView] | None = None
        self.column.addLayout(self._list)

    def focus_first(self) -> None:
        """Focus the first action, which scrolls to it."""
        first = self.findChild(Tile)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def show_actions(self, actions: Sequence[ActionView], today: date) -> None:
        """Show each with its due day."""
        if list(actions) == self._shown:
            return
        self._shown = list(actions)
        heading = translate("Actions from this visit")
        self._title.setText(f"{heading}  {len(actions)}" if actions else heading)
        clear(self._list)
        for action in actions:
            line = f"{action.title} · {words.near_day(action.due_on, today)}"
            face = QVBoxLayout()
            face.setContentsMargins(2, 3, 2, 3)
            link = named(Tile("line", face), translate("Action: {line}", line=line))
            link.add(label(line, size="small", wrap=True))
            link.clicked.connect(lambda _checked, action=action: self.opened.emit(action))
            self._list.addWidget(link)
        if not actions:
            teaching = translate("None yet. Press A on a question to add one.")
            self._list.addWidget(label(teaching, size="small", tone="muted", wrap=True))


class OutcomePanel(Side):
    """The outcome, the actions, and what was kept aside, under each other. Below the questions it
    is one line, which opens the rest."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, width=WIDTH, widest=WIDEST, height=BELOW)
        self.outcome, self.raised = OutcomeCard(), VisitActionsCard()
        self.photos = PhotoTray()
        self.open_actions = OpenActionsCard()
        self.override = OverrideCard()
        self.kept_aside = KeptAsideCard()
        self.to_actions = button("", kind="link", name=translate("Actions from this visit"))
        self.to_actions.clicked.connect(self.raised.focus_first)
        self.outcome.add_below_chip(self.to_actions)
        self._strip, self._folded, self._is_open = Flow(gap=12), False, False
        self.chip, self.opener = RagChip("unrated"), button("", kind="link")
        self.opener.clicked.connect(self._turn)
        for part in (self.chip, self.opener):
            self._strip.add(part)
        scroll = self._scroll = ScrollColumn(translate("Outcome"), margins=(4, 20, 24, 24))
        self.last_visit = LastVisitCard(scroll)
        above = (self.last_visit, self.photos, self.outcome, self.override)
        for card in (*above, self.open_actions, self.raised, self.kept_aside):
            scroll.column.addWidget(card)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        line = QVBoxLayout()
        line.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        line.addWidget(self._strip)
        self._line = QWidget()
        self._line.setLayout(line)
        column.addWidget(self._line)
        column.addWidget(scroll, 1)
        self._show_folded()

    def heights_folded(self, room: int) -> tuple[int, int]:
        """One line; half of the room when it is open."""
        holder = self.parentWidget() or self
        line = self._strip.heightForWidth(holder.width() - 2 * EDGE) + 2 * EDGE
        height = max(room // 2, line) if self._is_open else line
        return height, height

    def set_folded(self, *, folded: bool) -> None:
        if folded != self._folded:
            self._folded = folded
            self._show_folded()

    def open_up(self) -> None:
        """Show all of it, for what is gone to."""
        if self._folded and not self._is_open:
            self._turn()

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._show_folded()
        self.refold.emit()

    def _show_folded(self) -> None:
        hide, show = translate("Hide outcome and actions"), translate("Show outcome and actions")
        named(self.opener, hide if self._is_open else show)
        self.opener.setText(self.opener.accessibleName())
        self._line.setVisible(self._folded)
        self._scroll.setVisible(self._is_open or not self._folded)

    def show_sheet(self, sheet: VisitState, today: date) -> None:
        """Show how the visit stands."""
        self.last_visit.show_sheet(sheet)
        self.photos.show_sheet(sheet)
        self.outcome.show_sheet(sheet)
        self.outcome.chip.show_in(self.chip)
        self.chip.setHidden(sheet.hidden)
        self.override.show_sheet(sheet)
        self.open_actions.show_actions(sheet.view.open_actions, today, frozen=sheet.frozen)
        self.raised.show_actions(sheet.view.actions, today)
        count = len(sheet.view.actions)
        named(self.to_actions, plural("{n} action raised", "{n} actions raised", count))
        self.to_actions.setText(self.to_actions.accessibleName())
        self.to_actions.setVisible(bool(count))
        self.raised.setVisible(bool(sheet.view.actions) or not sheet.frozen)
        self.kept_aside.show_answers(sheet.view.kept_aside)
