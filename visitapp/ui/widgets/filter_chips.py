"""A row of filters of which one holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton

from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button


class FilterChips(Flow):
    """Chips by key; `chosen` tells the key of the one that now holds."""

    chosen = Signal(str)

    def __init__(self, name: str, chips: Sequence[tuple[str, str]], kind: str = "chip") -> None:
        super().__init__(gap=8 if kind == "chip" else 26)
        self.narrows = kind == "chip"
        """Whether they filter a list; tabs do not."""
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for key, text in chips:
            chip = button(text, kind=kind)
            chip.setCheckable(True)
            chip.setAutoExclusive(True)  # a screen reader then calls it a radio button
            chip.clicked.connect(lambda _checked, key=key: self.chosen.emit(key))
            self._group.addButton(chip)
            self._buttons[key] = chip
            self.add(chip)
        if chips:
            self._buttons[chips[0][0]].setChecked(True)

    def key(self) -> str:
        """The key of the chip that holds."""
        return next(key for key, chip in self._buttons.items() if chip.isChecked())

    def text(self) -> str:
        """What the chip that holds says."""
        return self._buttons[self.key()].text()

    def choose(self, key: str) -> None:
        """Let another chip hold, without telling."""
        self._buttons[key].setChecked(True)

    def set_text(self, key: str, text: str) -> None:
        """Change what a chip says (a count that moved)."""
        self._buttons[key].setText(text)
        self._buttons[key].setAccessibleName(text)
