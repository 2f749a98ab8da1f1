"""The order in which Tab goes through widgets: that of the layouts, which is the order of reading.

Qt's own order is the one in which widgets were made, and a card makes its reason, its note and its
buttons when they are needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QStackedWidget, QWidget

from visitapp.ui.widgets.flow import Flow


def tab_stops(root: QWidget) -> Iterator[QWidget]:
    """The widgets in `root` that Tab stops at, itself first, in the order of reading."""
    if root.isHidden() or not root.isEnabled():
        return
    if root.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield root
    for part in _parts(root):
        yield from tab_stops(part)


def move_focus(root: QWidget, *, forward: bool) -> bool:
    """Focus the stop after (or before) the one in focus; false when there is none in `root`."""
    stops = list(tab_stops(root))
    focus = QApplication.focusWidget()
    if not stops:
        return False
    if focus in stops:
        place = (stops.index(focus) + (1 if forward else -1)) % len(stops)
    else:
        place = _beside(root, focus, forward=forward)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[place % len(stops)].setFocus(reason)
    return True


def _beside(root: QWidget, focus: QWidget | None, *, forward: bool) -> int:
    """The place of the stop next to a widget that has the focus and is no stop itself."""
    before = 0
    for widget in _everything(root):
        if widget is focus:
            break
        before += bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    else:
        return 0 if forward else -1
    return before if forward else before - 1


def _everything(root: QWidget) -> Iterator[QWidget]:
    if not root.isHidden() and root.isEnabled():
        yield root
        for part in _parts(root):
            yield from _everything(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    if isinstance(widget, Flow):
        yield from widget.parts()
    elif isinstance(widget, QScrollArea):
        if (inner := widget.widget()) is not None:
            yield inner
    elif isinstance(widget, QStackedWidget):
        if (shown := widget.currentWidget()) is not None:
            yield shown
    elif layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _in_layout(inner)
