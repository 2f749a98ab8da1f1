"""What an empty page says: what belongs here, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.ui.widgets.text import button, label


class EmptyState(QWidget):
    """A heading, a sentence or two, and the button to begin with; `begun` when it is pressed."""

    begun = Signal()

    def __init__(self, heading: str, teaching: str, action: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 56, 40, 56)
        column.setSpacing(10)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(1)
        column.addWidget(label(heading, size="title"), 0, middle)
        text = label(teaching, tone="muted", wrap=True)
        text.setAlignment(middle)
        text.setMinimumWidth(420)
        text.setMaximumWidth(560)
        column.addWidget(text, 0, middle)
        if action:
            start = button(action, kind="primary")
            start.clicked.connect(self.begun)
            column.addSpacing(6)
            column.addWidget(start, 0, middle)
        column.addStretch(2)
