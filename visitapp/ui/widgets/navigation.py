"""The left side of the window: who is at work, where one can go, and what the link says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from visitapp.language import translate
from visitapp.ui.widgets.card import ScrollColumn, rule
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label, named, set_property

AROUND, GAP = 44, 8
"""Pixels beside the name, the count and the key; between groups."""


class NavButton(QPushButton):
    """A page's name, how much is there, and its key: beside the name, or below where it does not
    fit beside."""

    def __init__(self, title: str, key: str) -> None:
        super().__init__(title)
        self.title = title
        self._key = label(key, size="small", tone="muted")
        self._has_badge = False
        self._says_key = translate("Key {key}", key=key) if key else ""
        self.setToolTip(self._says_key)
        self.setProperty("kind", "nav")
        self.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.setSpacing(6)
        row.addStretch(1)
        self._badge = QLabel()
        self._badge.setProperty("badge", True)
        for part in (self._badge, self._key):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_current(current=False)
        self.set_count(0)

    def set_current(self, *, current: bool) -> None:
        """Show whether this is the page that is open."""
        set_property(self, "current", current)
        parts = (translate("The open page") if current else "", self._says_key)
        self.setAccessibleDescription(". ".join(part for part in parts if part))

    def set_count(self, count: int) -> None:
        """Show a count; none for zero."""
        self._badge.setText(str(count))
        self._has_badge = count > 0
        self._badge.setVisible(self._has_badge)
        self.setAccessibleName(f"{self.title}, {count}" if count else self.title)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text may leave no room beside the name."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def event(self, event: QEvent) -> bool:
        """The key or the count took another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        badge = self._badge.sizeHint().width() + GAP if self._has_badge else 0
        name = self.fontMetrics().horizontalAdvance(self.title)
        taken = name + badge + self._key.sizeHint().width() + AROUND
        beside = not self._key.text() or taken <= self.width()
        text = self.title if beside else f"{self.title}\n{self._key.text()}"
        self._key.setVisible(beside)
        if text != self.text():
            self.setText(text)


class Navigation(QFrame):
    """`chosen` tells the key of the page asked for."""

    chosen = Signal(str)

    def __init__(
        self,
        pages: Mapping[str, str],
        groups: Sequence[tuple[str, Sequence[str]]],
        keys: Mapping[str, str],
    ) -> None:
        """`pages`: by name, what each is called; `groups`: headings with the names below them."""
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
        head = QVBoxLayout()
        head.setContentsMargins(10, 0, 0, 6)
        head.setSpacing(0)
        head.addWidget(label("Visitapp", size="lead", strong=True))
        head.addWidget(self._role)
        column.addLayout(head)
        self.buttons = {
            name: self._button(name, pages[name], keys.get(name, ""))
            for _, names in groups
            for name in names
        }
        for heading, names in groups:
            column.addSpacing(0 if names is groups[0][1] else GAP)
            if heading:
                words = label(heading, size="small", tone="muted")
                words.setContentsMargins(10, 0, 0, 0)
                column.addWidget(words)
            for name in names:
                column.addWidget(self.buttons[name])
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

    def _button(self, name: str, title: str, key: str) -> NavButton:
        item = NavButton(title, key)
        item.clicked.connect(lambda: self.chosen.emit(name))
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
