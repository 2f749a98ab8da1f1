"""The left side of the window: who is at work, where one can go, and what the link says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from visitapp.language import translate
from visitapp.ui.widgets.card import ScrollColumn, rule
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label, named, set_property


class NavButton(QPushButton):
    """A page's name and how much is there."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title
        self.setProperty("kind", "nav")
        self.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.addStretch(1)
        self._badge = QLabel()
        self._badge.setProperty("badge", True)
        self._badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_count(0)

    def set_current(self, *, current: bool) -> None:
        """Show whether this is the page that is open."""
        set_property(self, "current", current)
        self.setAccessibleDescription(translate("The open page") if current else "")

    def set_count(self, count: int) -> None:
        """Show a count; none for zero."""
        self._badge.setText(str(count))
        self._badge.setVisible(count > 0)
        self.setAccessibleName(f"{self.title}, {count}" if count else self.title)


class Navigation(QFrame):
    """`chosen` tells the key of the page asked for."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(translate("Pages"))
        self.setFixedWidth(208)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        # Large text on a low screen needs more height than there is.
        scroll = ScrollColumn(translate("Pages"), margins=(12, 10, 12, 8))
        whole.addWidget(scroll)
        column = scroll.column
        column.setSpacing(1)
        self._role = label(size="small", tone="muted")
        names = QVBoxLayout()
        names.setContentsMargins(10, 0, 0, 6)
        names.setSpacing(0)
        names.addWidget(label("Visitapp", size="lead", strong=True))
        names.addWidget(self._role)
        column.addLayout(names)
        self.buttons = {key: self._button(key, title) for key, title in pages}
        for item in self.buttons.values():
            column.addWidget(item)
        column.addStretch(1)
        self.display = button(
            translate("Display"), kind="link", name=translate("Theme and text size")
        )
        self.help = button(translate("Keys (F1)"), kind="link", name=translate("Keyboard help, F1"))
        for link in (self.display, self.help):
            link.setProperty("tone", "muted")
        links = Flow(gap=12)
        links.add(self.display)
        links.add(self.help)
        column.addWidget(links)
        column.addSpacing(6)
        column.addWidget(rule())
        self._link = named(label(size="small", tone="muted", wrap=True), translate("Connection"))
        column.addSpacing(6)
        column.addWidget(self._link)

    def _button(self, key: str, title: str) -> NavButton:
        item = NavButton(title)
        item.clicked.connect(lambda: self.chosen.emit(key))
        return item

    def mark(self, key: str) -> None:
        """Show which page is open."""
        for name, item in self.buttons.items():
            item.set_current(current=name == key)

    def set_width(self, width: int) -> None:
        """Make room for larger text."""
        self.setFixedWidth(width)

    def set_role(self, text: str) -> None:
        """Who is at work."""
        self._role.setText(text)

    def set_link(self, lines: Sequence[str]) -> None:
        """What the corner says about the link, a line each."""
        self._link.setText("\n".join(lines))
        self._link.setAccessibleName(". ".join(lines))
