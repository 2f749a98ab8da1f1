"""Labels, and the names that assistive technology reads."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

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


def button(text: str, *, kind: str = "", name: str = "", hint: str = "") -> QPushButton:
    """A button; `name` is what a screen reader says when the text alone is not enough."""
    made = QPushButton(text)
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
