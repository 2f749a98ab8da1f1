"""Gives windows the style sheet part by part, so that only what is in view is styled at once.

Qt takes about half a millisecond for each widget that it styles again, and a visit keeps thousands
out of sight. The application therefore has no style sheet of its own. A window is split at its
stacks of pages: each page, and each thing beside a stack, is a part with a sheet of its own. A part
out of sight is styled when it is shown.
"""

from __future__ import annotations

from PySide6.QtCore import QChildEvent, QEvent, QObject
from PySide6.QtWidgets import QStackedWidget, QWidget


class Dresser(QObject):
    """Knows the sheet in force and the parts that wear it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = ""
        self._parts: dict[QWidget, str] = {}
        self._holders: set[QWidget] = set()

    def dress(self, widget: QWidget) -> None:
        """Style a window, or whatever stands in one, from now on."""
        if widget in self._parts or widget in self._holders:
            return
        widget.destroyed.connect(lambda: self._forget(widget))
        widget.installEventFilter(self)
        if isinstance(widget, QStackedWidget) or widget.findChild(QStackedWidget) is not None:
            self._holders.add(widget)
            for child in widget.children():
                if isinstance(child, QWidget):
                    self.dress(child)
        else:
            self._parts[widget] = ""
            if widget.isVisibleTo(widget.window()):
                self._wear(widget)

    def change(self, sheet: str) -> None:
        """Another sheet is in force: what is in view wears it now, the rest when it is shown."""
        self._sheet = sheet
        for part in list(self._parts):
            if part.isVisible():
                self._wear(part)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Show and watched in self._parts:
            self._wear(watched)
        elif kind == QEvent.Type.ChildPolished and watched in self._holders:
            child = event.child() if isinstance(event, QChildEvent) else None
            if isinstance(child, QWidget):
                self.dress(child)
        return super().eventFilter(watched, event)

    def _wear(self, part: QWidget) -> None:
        if self._parts[part] != self._sheet:
            self._parts[part] = self._sheet
            part.setStyleSheet(self._sheet)

    def _forget(self, widget: QWidget) -> None:
        self._parts.pop(widget, None)
        self._holders.discard(widget)
