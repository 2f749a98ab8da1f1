"""What an empty page says: what belongs here, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label
from visitapp.ui.widgets.wrapping import WrappingLabel

WIDTH = 560


class EmptyState(ScrollColumn):
    """A heading, a sentence or two, and the buttons to begin with: `begun` for the first of them,
    `begun_otherwise` for the second. `makes`: the kind of record that both make, if any."""

    begun = Signal()
    begun_otherwise = Signal()

    def __init__(
        self, heading: str, teaching: str, action: str = "", other: str = "", makes: str = ""
    ) -> None:
        super().__init__(heading, margins=(24, 24, 24, 24))
        middle = QWidget()
        middle.setMaximumWidth(2 * WIDTH)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 4)
        row.addStretch(1)
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        title = WrappingLabel(heading, size="title")
        text = label(teaching, tone="muted", wrap=True)
        for line in (title, text):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inner.addWidget(line)
        self._buttons = buttons = Flow(gap=12)
        for words, signal, kind in (
            (action, self.begun, "primary"),
            (other, self.begun_otherwise, ""),
        ):
            if words:
                begin = button(words, kind=kind, makes=makes)
                begin.clicked.connect(signal)
                buttons.add(begin)
        inner.addSpacing(6)
        inner.addWidget(buttons, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(2)

    def offer(self, *offered: bool) -> None:
        """Show the buttons that the user may press, in their order, and hide the others."""
        for begin, shown in zip(self._buttons.parts(), offered, strict=True):
            begin.setVisible(shown)

    def focus_first(self) -> bool:
        """Focus the button to begin with; false when there is none."""
        for begin in [one for one in self._buttons.parts() if not one.isHidden()][:1]:
            begin.setFocus()
            return True
        return False
