"""The order in which Tab goes through widgets: that of the layouts, which is the order of reading.

Qt's own order is the one in which widgets were made, and a card makes its reason, its note and its
buttons when they are needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLayout,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from visitapp.ui.widgets.flow import Flow


class ReadingOrder(QWidget):
    """Tab goes through everything in it in the order of reading."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        return move_focus(self, forward=forward)


def tab_stops(root: QWidget) -> Iterator[QWidget]:
    """The widgets in `root` that Tab stops at, itself first, in the order of reading."""
    if root.isHidden() or not root.isEnabled():
        return
    if _is_stop(root):
        yield root
    for part in _parts(root):
        yield from tab_stops(part)


def move_focus(root: QWidget, *, forward: bool) -> bool:
    """Focus the stop after (or before) the one in focus; false when there is none in `root`."""
    stops = list(tab_stops(root))
    if not stops:
        return False
    places = {widget: place for place, widget in enumerate(_everything(root))}
    focus = QApplication.focusWidget()
    at = places.get(focus, -1 if forward else len(places)) if focus is not None else -1
    if forward:
        found = next((stop for stop in stops if places[stop] > at), stops[0])
    else:
        found = next((stop for stop in reversed(stops) if places[stop] < at), stops[-1])
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    found.setFocus(reason)
    return True


def _is_stop(widget: QWidget) -> bool:
    """Of the radio buttons of a group Tab stops at one: the arrow keys go to the others."""
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return False
    group = widget.group() if isinstance(widget, QRadioButton) else None
    if group is None:
        return True
    offered = [one for one in group.buttons() if one.isEnabled() and not one.isHidden()]
    return widget is (group.checkedButton() or next(iter(offered), widget))


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
