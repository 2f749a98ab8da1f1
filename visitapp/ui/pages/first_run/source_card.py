"""Where the work of this laptop comes from."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton

from visitapp.language import translate
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.text import label, named

CONNECT, IMPORT, SAMPLE = "connect", "import", "sample"


class SourceCard(Card):
    """Three ways to begin, of which one is chosen. `edited`: another one was chosen."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__(translate("3  Where your work comes from"))
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        for key, title, hint in self._ways():
            choice = named(QRadioButton(title), title)
            choice.setAccessibleDescription(hint)
            self._group.addButton(choice, len(self._keys))
            self._keys.append(key)
            self.column.addWidget(choice)
            about = label(hint, size="small", tone="muted", wrap=True)
            about.setIndent(26)
            self.column.addWidget(about)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(lambda _id, checked: self.edited.emit() if checked else None)

    def choose(self, key: str) -> None:
        """Choose one of them."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def chosen(self) -> str:
        """`connect`, `import` or `sample`."""
        return self._keys[self._group.checkedId()]

    def _ways(self) -> list[tuple[str, str, str]]:
        return [
            (
                CONNECT,
                translate("Connect to your council"),
                translate(
                    "Your settings, visits and actions come to this laptop, and your work goes to "
                    "your team. You need the server's address, a name and a password."
                ),
            ),
            (
                IMPORT,
                translate("Import a ratings file"),
                translate(
                    "Pick your settings from the regulator's public list and work on this laptop "
                    "alone. You can connect later; nothing is lost."
                ),
            ),
            (
                SAMPLE,
                translate("Try the sample council"),
                translate(
                    "Two years of visits in a fictional council, for trying everything. It is "
                    "kept separate from your own records and needs no passphrase or name."
                ),
            ),
        ]
