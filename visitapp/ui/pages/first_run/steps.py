"""The left side of the first start: its three steps, and which are done."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from visitapp.language import translate
from visitapp.ui.widgets.text import label

DONE, TO_DO = "\u2713", "\u25cb"


class Steps(QFrame):
    """A line for each step, with a sign and a word for the ones that are done."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(300)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 28, 20, 24)
        column.setSpacing(4)
        column.addWidget(label("Visitapp", size="title"))
        column.addWidget(label(translate("Set up this laptop."), tone="muted", wrap=True))
        column.addSpacing(24)
        self._titles = {
            "passphrase": translate("Lock this laptop"),
            "who": translate("Give your name"),
            "source": translate("Choose where your work comes from"),
        }
        hints = {
            "passphrase": translate("so that only you can open your records"),
            "who": translate("as it should appear on reports"),
            "source": translate("you can change this later"),
        }
        self._signs = {key: label(strong=True) for key in self._titles}
        for key, sign in self._signs.items():
            line = QGridLayout()
            line.setVerticalSpacing(2)
            line.setColumnStretch(1, 1)
            line.addWidget(sign, 0, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(self._titles[key], strong=True, wrap=True), 0, 1)
            line.addWidget(label(hints[key], size="small", tone="muted", wrap=True), 1, 1)
            column.addLayout(line)
            column.addSpacing(12)
        column.addStretch(1)
        safe = translate("Every answer is saved on this laptop, encrypted, as you give it.")
        column.addWidget(label(safe, size="small", tone="muted", wrap=True))
        self.show_done({})

    def show_done(self, done: Mapping[str, bool]) -> None:
        """Mark the steps that are done."""
        for key, sign in self._signs.items():
            sign.setText(DONE if done.get(key) else TO_DO)
            state = translate("done") if done.get(key) else translate("to do")
            sign.setAccessibleName(f"{self._titles[key]}, {state}")
