"""What a person could not see of a window: controls outside it, texts cut, parts squashed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from visitapp.ui.models.delegate import chip_lines, room_in
from visitapp.ui.models.rows import Cell, Roles
from visitapp.ui.widgets.table import RowTable

SEEN = (QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QAbstractSpinBox, RowTable)
OF_QT = (QCalendarWidget, QComboBox, QAbstractSpinBox, QHeaderView, QLineEdit)
"""Controls that bring parts of Qt's own along."""
SLACK = 1
FEWEST_LETTERS = 12
"""A field shows at least so many letters of what is typed, unless it is one for figures."""


def misfits(window: QWidget) -> list[str]:
    """A sentence for each thing in view that is cut; empty when everything can be seen."""
    for _ in range(3):
        QApplication.processEvents()
    return [sentence for widget in _seen(window) for sentence in _faults(widget, window)]


def _seen(window: QWidget) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        if isinstance(widget, SEEN) and widget.isVisible() and not _of_qt(widget, window):
            yield widget


def _of_qt(widget: QWidget, window: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, OF_QT):
            return True
        parent = parent.parentWidget()
    return False


def _faults(widget: QWidget, window: QWidget) -> Iterator[str]:
    name = f"{type(widget).__name__} “{_words(widget)[:60]}”"
    if cutter := _cut_by(widget, window):
        yield f"{name} is cut by {type(cutter).__name__} {_sizes(widget, cutter)}"
    if isinstance(widget, QLabel):
        yield from (f"{name}: {fault}" for fault in _label_faults(widget))
    elif isinstance(widget, QPushButton):
        needed = widget.minimumSizeHint().boundedTo(widget.sizeHint())
        if widget.text() and _is_short(widget.width(), needed.width()):
            yield f"{name} has {widget.width()} of {needed.width()} pixels"
        if widget.text() and _is_short(widget.height(), _line(widget)):
            yield f"{name} is {widget.height()} pixels high"
    elif isinstance(widget, QLineEdit) and widget.property("kind") != "count":
        if widget.width() < widget.fontMetrics().averageCharWidth() * FEWEST_LETTERS:
            yield f"{name} is only {widget.width()} pixels wide"
        if _is_short(widget.height(), _line(widget)):
            yield f"{name} is {widget.height()} pixels high"
    elif isinstance(widget, RowTable):
        yield from (f"{name}: {fault}" for fault in _table_faults(widget))


def _words(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    shown = str(text()) if callable(text) else ""
    return (shown or widget.accessibleName()).replace("\n", " / ")


def _cut_by(widget: QWidget, window: QWidget) -> QWidget | None:
    """The part that shows less than the whole widget; what can be scrolled to is not cut."""
    child: QWidget = widget
    rect = child.rect()
    while child is not window:
        parent = child.parentWidget()
        assert parent is not None
        rect = rect.translated(child.pos())
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and parent is area.viewport():
            if rect.left() < -SLACK or rect.right() > parent.width() + SLACK:
                return area
            if isinstance(area, QScrollArea) and area.height() < 2 * widget.fontMetrics().height():
                return area
            child, rect = area, area.rect()
            continue
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(rect):
            return parent
        child = parent
    return None


def _sizes(widget: QWidget, cutter: QWidget) -> str:
    place = QRect(widget.mapTo(cutter, QPoint(0, 0)), widget.size())
    edges = (place.left(), place.top(), place.right(), place.bottom())
    return f"({edges} of {cutter.width()} by {cutter.height()})"


def _label_faults(label: QLabel) -> Iterator[str]:
    if not label.text() or not label.pixmap().isNull():
        return
    margins = label.contentsMargins()
    room = label.contentsRect()
    metrics = QFontMetrics(label.font())
    if not label.wordWrap():
        needed = metrics.size(Qt.TextFlag.TextShowMnemonic, label.text())
        if _is_short(room.width(), needed.width()):
            yield f"has {room.width()} of {needed.width()} pixels"
        if _is_short(room.height(), needed.height()):
            yield f"is {room.height()} of {needed.height()} pixels high"
        return
    widest = max(metrics.horizontalAdvance(word) for word in label.text().split())
    if _is_short(room.width(), widest):
        yield f"has {room.width()} pixels for a word of {widest}"
    needed_height = label.heightForWidth(label.width()) - margins.top() - margins.bottom()
    if _is_short(room.height(), needed_height):
        yield f"is {room.height()} of {needed_height} pixels high"


def _table_faults(table: RowTable) -> Iterator[str]:
    header = table.horizontalHeader()
    if header.length() > table.viewport().width() + SLACK:
        yield f"columns need {header.length()} of {table.viewport().width()} pixels"
    for place, column in enumerate(table.rows.columns):
        if table.isColumnHidden(place):
            continue
        has, needs = header.sectionSize(place), header.sectionSizeHint(place)
        if _is_short(has, needs):
            yield f"the head {column.title} has {has} of {needs} pixels"
        for row in range(table.rows.rowCount()):
            index = table.rows.index(row, place)
            cell: Cell = index.data(Roles.CELL)
            room = room_in(table.visualRect(index)).width()
            if cell.rag and chip_lines(cell, table.look, room)[-1].endswith("\u2026"):
                yield f"the chip {cell.text} is cut"


def _line(widget: QWidget) -> int:
    return widget.fontMetrics().height()


def _is_short(has: int, needs: int) -> bool:
    return has < needs - SLACK
