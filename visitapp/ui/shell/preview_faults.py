"""What is wrong with a form, in place of its page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.format.faults import Fault
from visitapp.language import plural, translate
from visitapp.ui.widgets.card import Card, ScrollColumn, clear
from visitapp.ui.widgets.text import label, named


class FaultsPage(QWidget):
    """Every fault with its line and its remedy."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("Faults of the form"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        self.heading = label(size="title", wrap=True)
        column.addWidget(self.heading)
        hint = translate("Correct them and save the file. The form is shown when it has no faults.")
        column.addWidget(label(hint, tone="muted", wrap=True))
        self._list = ScrollColumn(translate("Faults"), margins=(0, 12, 0, 0))
        column.addWidget(self._list, 1)

    def show_faults(self, file: str, faults: Sequence[Fault], otherwise: str) -> None:
        """Show faults, or the sentence `otherwise` when the file could not be read at all."""
        count = plural("{n} fault", "{n} faults", len(faults))
        unread = translate("{file} cannot be shown", file=file)
        self.heading.setText(
            translate("{file} has {count}", file=file, count=count) if faults else unread
        )
        clear(self._list.column)
        for fault in faults:
            self._list.column.addWidget(self._card(fault))
        if not faults:
            self._list.column.addWidget(label(otherwise, wrap=True))
        self._list.column.addStretch(1)

    def _card(self, fault: Fault) -> Card:
        line = translate("Line {n}", n=fault.line)
        card = named(Card(), f"{line}: {fault.what} {fault.remedy}")
        card.column.addWidget(label(line, size="small", tone="muted"))
        card.column.addWidget(label(fault.what, strong=True, wrap=True))
        card.column.addWidget(label(fault.remedy, wrap=True))
        return card
