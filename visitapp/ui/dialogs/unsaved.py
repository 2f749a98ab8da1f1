"""The window is to be closed while something on a visit could not be saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import plural, translate
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import button, label


class UnsavedDialog(Dialog):
    """`shown` asks to go to the first of the questions, `discarded` to close all the same."""

    shown = Signal()
    discarded = Signal()

    def __init__(self, parent: QWidget | None, numbers: Sequence[str]) -> None:
        """`numbers`: the questions, as the form numbers them."""
        heading = plural("{n} answer is not saved", "{n} answers are not saved", len(numbers))
        go = translate("Go to question {n}", n=numbers[0])
        super().__init__(parent, heading, go)
        text = translate(
            "Your entry at {numbers} cannot be saved. It is too long, it is not a valid number, "
            "or the disk could not save it. If you close Visitapp now, it is lost. Everything "
            "else is saved.",
            numbers=", ".join(numbers),
        )
        self.column.addWidget(label(text, wrap=True))
        self.discard = button(translate("Close without saving"))
        self.discard.clicked.connect(self._discard)
        self.add_way(self.discard)

    def attempt(self) -> None:
        """Go to what is not saved."""
        self.accept()
        self.shown.emit()

    def _discard(self) -> None:
        self.accept()
        self.discarded.emit()
