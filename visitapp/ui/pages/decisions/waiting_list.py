"""The list of decisions: this person's first, then those of others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visitapp.language import plural, translate
from visitapp.services.views.decided.decisions import Waiting, WaitingList
from visitapp.ui import words
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn, clear
from visitapp.ui.widgets.folding_side import Side
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import label
from visitapp.ui.widgets.tile import Tile, let_through

WIDTH, WIDEST, ABOVE = 320, 460, 130
MOST = 100
"""Decisions listed of each part; who has decided one sees the next."""
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}

DecisionKey = tuple[str, str]
"""The kind of a decision and the id of its record."""


class DecisionTile(Tile):
    """One decision in the list. `stepped` asks for the next one, or by -1 for the one before: a
    button would keep the arrow keys for itself."""

    stepped = Signal(int)

    def __init__(self, waiting: Waiting, today: date) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(16, 11, 16, 11)
        column.setSpacing(3)
        super().__init__("item", column)
        self.setCheckable(True)
        line = _line(waiting, today)
        names = [waiting.setting, words.rag_word(waiting.rag) if waiting.rag else ""]
        self.setAccessibleName(", ".join(part for part in (*names, waiting.title, line) if part))
        head = QHBoxLayout()
        head.addWidget(let_through(label(waiting.setting, strong=True, wrap=True)), 1)
        if waiting.rag:
            chip = let_through(RagChip(waiting.rag))
            head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.add(label(waiting.title, size="small", wrap=True))
        soon = waiting.needed_by is not None and (waiting.needed_by - today).days <= 2
        self.add(label(line, size="small", tone="amber" if soon else "muted", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = STEPS.get(Qt.Key(event.key()))
        if by is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(by)


class DecisionList(Side):
    """`chosen` carries the key of a decision. Arrows, J and K move through the list."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, width=WIDTH, widest=WIDEST, height=ABOVE)
        self._tiles: dict[DecisionKey, DecisionTile] = {}
        self._shown: tuple[WaitingList, date] | None = None
        self._scroll = ScrollColumn(translate("Decisions that wait"), margins=(0, 0, 0, 0))
        self._scroll.column.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def show_waiting(self, found: WaitingList, current: DecisionKey | None, today: date) -> None:
        """Show what waits, one of it chosen; the focus stays where it is in the list."""
        if (found, today) != self._shown:
            focused = any(tile.hasFocus() for tile in self._tiles.values())
            self._shown = (found, today)
            clear(self._scroll.column)
            self._tiles = {}
            mine = plural("Yours to decide, {n}", "Yours to decide, {n}", len(found.mine))
            others = plural("With others, {n}", "With others, {n}", len(found.others))
            self._add(mine, found.mine, today)
            self._add(others, found.others, today)
            self._scroll.column.addStretch(1)
            self.mark(current)
            if focused:
                self.focus_current()
        self.mark(current)

    def mark(self, current: DecisionKey | None) -> None:
        """Show which decision is read."""
        for key, tile in self._tiles.items():
            tile.setChecked(key == current)

    def focus_current(self) -> bool:
        """Focus the decision that is read, or the first; false when none is listed."""
        tiles = list(self._tiles.values())
        for tile in [one for one in tiles if one.isChecked()] + tiles:
            tile.setFocus()
            return True
        return False

    def _step(self, by: int) -> None:
        keys = list(self._tiles)
        at = [place for place, key in enumerate(keys) if self._tiles[key].hasFocus()]
        if at and 0 <= at[0] + by < len(keys):
            self._tiles[keys[at[0] + by]].setFocus()
            self.chosen.emit(keys[at[0] + by])

    def _add(self, title: str, some: Sequence[Waiting], today: date) -> None:
        if not some:
            return
        heading = label(title, size="small", strong=True, wrap=True)
        heading.setContentsMargins(16, 12, 16, 8)
        self._scroll.column.addWidget(heading)
        for waiting in some[:MOST]:
            key = (waiting.kind, waiting.id)
            tile = self._tiles[key] = DecisionTile(waiting, today)
            tile.stepped.connect(self._step)
            tile.clicked.connect(lambda _checked, key=key: self.chosen.emit(key))
            self._scroll.column.addWidget(tile)
            tile.show()  # now, and not once the layout comes to it: it may be given the focus
        if len(some) > MOST:
            more = plural("{n} more follows", "{n} more follow", len(some) - MOST)
            rest = label(more, size="small", tone="muted", wrap=True)
            rest.setContentsMargins(16, 8, 16, 12)
            self._scroll.column.addWidget(rest)


def _line(waiting: Waiting, today: date) -> str:
    """`3 days waiting · needed by 2 Dec 2026 · asked by Orla Penhaven`."""
    days = (today - waiting.since.astimezone().date()).days
    since = plural("{n} day waiting", "{n} days waiting", days) if days else translate("Today")
    needed = (
        translate("needed by {day}", day=words.day(waiting.needed_by)) if waiting.needed_by else ""
    )
    if not waiting.mine:
        return words.joined(translate("With {who}", who=waiting.decided_by), since, needed)
    asks = translate("asked by {who}", who=waiting.asked_by) if waiting.asked_by else ""
    return words.joined(since, needed, asks)
