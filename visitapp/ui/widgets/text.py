"""Labels, and the names that assistive technology reads."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from visitapp.ui.widgets.by_role import ByRole

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def label(
    text: str = "", *, size: str = "body", tone: str = "", strong: bool = False, wrap: bool = False
) -> QLabel:
    """A plain-text label. `size` and `tone` are names of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("step", size)
    made.setProperty("tone", tone)
    made.setProperty("strong", strong)
    made.setWordWrap(wrap)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Change a label's or card's tone after it was made."""
    set_property(widget, "tone", tone)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and let the style see it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Button(ByRole, QPushButton):
    """A button that is left out where the user's role makes no records of the kind that it
    `makes`."""

    def __init__(self, text: str, makes: str) -> None:
        super().__init__(text)
        self.makes = makes


def button(text: str, *, kind: str = "", name: str = "", hint: str = "", makes: str = "") -> Button:
    """A button; `name` is what a screen reader says when the text alone is not enough. `makes`: the
    kind of record that it makes, if any."""
    made = Button(text, makes)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return named(made, name or text, hint)


def named(widget: AnyWidget, name: str, hint: str = "") -> AnyWidget:
    """The widget, with its accessible name and a description."""
    widget.setAccessibleName(name)
    if hint:
        widget.setAccessibleDescription(hint)
        widget.setToolTip(hint)
    return widget
