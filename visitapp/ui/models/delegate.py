"""Paints a cell: one or two lines, or a RAG chip."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from visitapp.ui.models.rows import Cell, Roles
from visitapp.ui.theme.look import Look
from visitapp.ui.theme.tokens import CELL_PADDING
from visitapp.ui.words import shaped

PADDING = CELL_PADDING
CHIP_PADDING = 14
MARKED = QStyle.StateFlag.State_Selected
HOVERED = QStyle.StateFlag.State_MouseOver


def two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The text on one line where it fits, otherwise on two; what does not fit ends in dots."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    words, first = text.split(), ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    rest = metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width)
    return [first, rest] if first else [rest]


def room_in(cell: QRect) -> QRect:
    """Where a cell's words may stand."""
    return cell.adjusted(PADDING, 0, -PADDING // 2, 0)


def chip_lines(cell: Cell, look: Look, width: int) -> list[str]:
    """The words of a RAG chip in a room of so many pixels, its shape before the first."""
    metrics = look.metrics("small", QFont.Weight.DemiBold)
    return two_lines(shaped(cell.rag, cell.text), metrics, width - look.px(CHIP_PADDING))


def cell_width(cell: Cell, look: Look) -> int:
    """How wide a column is in which every line of this cell stands whole."""
    weight = QFont.Weight.DemiBold if cell.strong else QFont.Weight.Normal
    lines = ((look.metrics("body", weight), cell.text), (look.metrics("small"), cell.second))
    widest = max(metrics.horizontalAdvance(text) for metrics, text in lines)
    return widest + PADDING + PADDING // 2


class CellDelegate(QStyledItemDelegate):
    """Every table is painted by this one."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        cell: Cell = index.data(Roles.CELL)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        room = room_in(option.rect)
        if cell.rag:
            self._paint_chip(painter, room, cell)
        else:
            self._paint_lines(painter, room, cell)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(80, self._look.px(56))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colours = self._look.colours
        rect = option.rect
        state = option.state
        if state & MARKED:
            painter.fillRect(rect, QColor(colours.row_selected))
        elif state & HOVERED:
            painter.fillRect(rect, QColor(colours.hover))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_chip(self, painter: QPainter, room: QRect, cell: Cell) -> None:
        colours, look = self._look.colours, self._look
        font = look.font("small", QFont.Weight.DemiBold)
        metrics = look.metrics("small", QFont.Weight.DemiBold)
        lines = chip_lines(cell, look, room.width())
        widest = max(metrics.horizontalAdvance(line) for line in lines)
        height = len(lines) * metrics.height() + look.px(6)
        chip = QRect(0, 0, widest + look.px(CHIP_PADDING), height)
        chip.moveCenter(room.center())
        chip.moveLeft(room.left())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.rag_bg(cell.rag)))
        painter.drawRoundedRect(chip, 5, 5)
        painter.setPen(QColor(colours.rag_fg(cell.rag)))
        painter.setFont(font)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))

    def _paint_lines(self, painter: QPainter, room: QRect, cell: Cell) -> None:
        look = self._look
        weight = QFont.Weight.DemiBold if cell.strong else QFont.Weight.Normal
        first, second = look.metrics("body", weight), look.metrics("small")
        lines = two_lines(cell.text, first, room.width())
        height = len(lines) * first.height() + (second.height() if cell.second else 0)
        line = QRect(room.left(), room.center().y() - height // 2, room.width(), first.height())
        painter.setFont(look.font("body", weight))
        painter.setPen(self._colour(cell.tone))
        middle = Qt.AlignmentFlag.AlignVCenter
        for text in lines:
            painter.drawText(line, middle, text)
            line.translate(0, first.height())
        if cell.second:
            line.setHeight(second.height())
            painter.setFont(look.font("small"))
            painter.setPen(self._colour(cell.second_tone))
            elide = Qt.TextElideMode.ElideRight
            painter.drawText(line, middle, second.elidedText(cell.second, elide, room.width()))

    def _colour(self, tone: str) -> QColor:
        colours = self._look.colours
        if tone == "muted":
            return QColor(colours.muted)
        return QColor(colours.rag_fg(tone) if tone else colours.text)
