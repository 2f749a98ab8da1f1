"""The weeks of a month with what is planned on each day: moved by drag, and by keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
)

from visitapp.dates import long_day, short_weekday
from visitapp.language import plural, translate
from visitapp.services.views.planner import PlannedEntry, PlannerDay, PlannerMonth, PlannerWeek
from visitapp.services.views.planning import DONE, PlannedView
from visitapp.ui import words
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.focus import ENTER
from visitapp.ui.widgets.text import named

_WEEKEND, _DAYS = 5, 6
_MONDAY = date(2026, 11, 30)
_LINE, _LEAST_LINES = 19, 3


class PlannerGrid(QTableWidget):
    """`day_marked` carries the PlannerDay under the cursor; `move_requested` a PlannedView and the
    day to move it to; `opened` asks for the visits of the day; `month_requested` carries 1 or -1;
    `told` what to do next while a visit is being moved, or nothing."""

    day_marked = Signal(object)
    move_requested = Signal(object, object)
    opened = Signal()
    month_requested = Signal(int)
    told = Signal(str)

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        named(self, translate("Visits of the month"))
        self._look, self._today = look, today
        self._cells: dict[tuple[int, int], list[PlannerDay]] = {}
        self.picked: PlannedView | None = None
        """The visit that is being moved by keys."""
        self._dragged: PlannedView | None = None
        self.setColumnCount(_DAYS + 1)
        days = [short_weekday(_MONDAY + timedelta(days=n)) for n in range(_WEEKEND)]
        self.setHorizontalHeaderLabels([*days, translate("Weekend"), translate("Days")])
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentCellChanged.connect(lambda *_: self._mark())
        look.changed.connect(self._fit)

    def show_month(self, month: PlannerMonth, wanted: date) -> None:
        """Show a month; the cursor goes to a day of it."""
        self.drop()
        self._cells.clear()
        self.setRowCount(len(month.weeks))
        place = (0, 0)
        for row, week in enumerate(month.weeks):
            for column in range(_WEEKEND + 1):
                days = week.days[5:] if column == _WEEKEND else [week.days[column]]
                self._cells[row, column] = days
                self.setItem(row, column, self._item(days, month))
                if any(one.day == wanted for one in days):
                    place = (row, column)
            self.setItem(row, _DAYS, _load_item(week))
        self._fit()
        self.setCurrentCell(*place)
        self._mark()

    def day(self) -> PlannerDay | None:
        """The day under the cursor; of a weekend, the one with visits, else Saturday."""
        days = self._cells.get((self.currentRow(), self.currentColumn()))
        if not days:
            return None
        return next((one for one in days if one.entries), days[0])

    def pick(self) -> None:
        """Take the next visit of the day under the cursor, to be moved with the arrow keys."""
        day = self.day()
        movable = [one.plan for one in day.entries if one.plan.state != DONE] if day else []
        if not movable:
            self.drop(translate("There is no visit on this day to move."))
            return
        ids = [one.id for one in movable]
        known = self.picked is not None and self.picked.id in ids
        place = ids.index(self.picked.id) + 1 if known and self.picked else 0
        self.picked = movable[place % len(movable)]
        self.told.emit(
            translate(
                "Moving {setting}: choose the day with the arrow keys, then press Enter. Esc "
                "leaves it where it is.",
                setting=self.picked.setting,
            )
        )

    def drop(self, text: str = "") -> None:
        """Leave the visit that was being moved where it is."""
        self.picked = None
        self.told.emit(text)

    def sizeHint(self) -> QSize:
        high = self.horizontalHeader().sizeHint().height()
        return QSize(560, high + sum(self.rowHeight(n) for n in range(self.rowCount())) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_M and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.pick()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.month_requested.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Escape and self.picked is not None:
            self.drop()
        elif key in ENTER:
            self._enter()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        entry = self._entry_at(event.position().toPoint())
        movable = entry is not None and entry.plan.state != DONE
        self._dragged = entry.plan if entry is not None and movable else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        dragged, self._dragged = self._dragged, None
        days = self._days_at(self.indexAt(event.position().toPoint()))
        if dragged is not None and days and dragged.planned_on not in [one.day for one in days]:
            self.move_requested.emit(dragged, days[0].day)

    def _enter(self) -> None:
        day, picked = self.day(), self.picked
        if picked is None or day is None:
            self.opened.emit()
            return
        self.drop()
        if day.day != picked.planned_on:
            self.move_requested.emit(picked, day.day)

    def _mark(self) -> None:
        day = self.day()
        if day is not None:
            self.day_marked.emit(day)

    def _days_at(self, index: QModelIndex) -> list[PlannerDay]:
        return self._cells.get((index.row(), index.column()), [])

    def _entry_at(self, point: QPoint) -> PlannedEntry | None:
        """The visit whose line is at a point."""
        index = self.indexAt(point)
        entries = [entry for day in self._days_at(index) for entry in day.entries]
        line = (point.y() - self.visualRect(index).top()) // self._look.px(_LINE) - 1
        return entries[min(max(line, 0), len(entries) - 1)] if entries else None

    def _fit(self) -> None:
        for row in range(self.rowCount()):
            most = max(
                sum(len(day.entries) for day in self._cells.get((row, column), ()))
                for column in range(_WEEKEND + 1)
            )
            self.setRowHeight(row, self._look.px(_LINE) * (1 + max(most, _LEAST_LINES)) + 6)
        self.updateGeometry()

    def _item(self, days: list[PlannerDay], month: PlannerMonth) -> QTableWidgetItem:
        entries = [entry for day in days for entry in day.entries]
        lines = [_day_line(days, self._today()), *map(_entry_line, entries)]
        item = QTableWidgetItem("\n".join(lines))
        item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        said = _said(days[0].day if not entries else entries[0].plan.planned_on, entries)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        item.setToolTip(said)
        colours = self._look.colours
        if not any(day.working for day in days):
            item.setBackground(QColor(colours.track if colours.name == "dark" else colours.page))
        if all(day.day.month != month.first.month for day in days) and not entries:
            item.setForeground(QColor(colours.muted))
        return item


def _day_line(days: list[PlannerDay], today: date) -> str:
    text = "/".join(str(one.day.day) for one in (days[0], days[-1])[: len(days)])
    if any(one.day == today for one in days):
        return translate("{day}, today", day=text)
    if len(days) == 1 and not days[0].working:
        return translate("{day}, closed", day=text)
    return text


def _entry_line(entry: PlannedEntry) -> str:
    done = "✓ " if entry.plan.state == DONE else ""
    return f"{done}{words.SHAPES.get(entry.rag, words.SHAPES['unrated'])} {entry.plan.setting}"


def _said(day: date, entries: list[PlannedEntry]) -> str:
    """`Thursday 10 December 2026, 1 visit. Heather Bank, Red, Annual quality visit.`"""
    head = translate(
        "{day}, {visits}", day=long_day(day), visits=plural("{n} visit", "{n} visits", len(entries))
    )
    told = [
        ", ".join(
            (one.plan.setting, words.rag_word(one.rag), words.purpose_visit(one.plan.purpose))
        )
        for one in entries
    ]
    return ". ".join([head, *told])


def days_text(needed: float, available: float) -> str:
    """`3½ of 4`."""
    return translate("{needed} of {available}", needed=_half(needed), available=_half(available))


def _half(days: float) -> str:
    whole, half = int(days), days % 1 >= 0.5
    return ("½" if not whole else f"{whole}½") if half else str(whole)


def _load_item(week: PlannerWeek) -> QTableWidgetItem:
    text = days_text(week.needed, week.available)
    over = week.needed > week.available
    item = QTableWidgetItem(f"▲ {text}" if over else text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    more = translate("More is planned than there are days.") if over else ""
    said = translate("Days planned of days for visits: {days}", days=text)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, words.joined(said, more))
    item.setToolTip(words.joined(said, more))
    return item
