"""The one table view of the desktop."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView

from visitapp.language import translate
from visitapp.ui.models.delegate import CellDelegate, cell_width
from visitapp.ui.models.rows import Column, Heading, RowsModel
from visitapp.ui.models.shown_list import ShownList
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.focus import ENTER, EnterKey
from visitapp.ui.widgets.text import named

LEAST_WIDTH = 700
LEAST_SHARE = 8
"""Pixels that one share of a column needs at 100 %; with less, columns that yield are left out."""
ROW = 56


class RowTable(QTableView):
    """Rows of views. `opened` tells a row that was opened (double click, Enter), `marked` the row
    under the cursor (None when there is none), `ordered` the order asked for and its direction,
    `export_requested` that the person wants the list in a file."""

    opened = Signal(object)
    marked = Signal(object)
    ordered = Signal(str, bool)
    export_requested = Signal()

    def __init__(self, name: str, columns: Sequence[Column], look: Look) -> None:
        super().__init__()
        named(self, name)
        self.look = look
        self._facets: frozenset[str] = frozenset()
        self._hidden: frozenset[str] = frozenset()
        self.personal = True
        self.rows: RowsModel[Any] = RowsModel(columns, self)
        self.setModel(self.rows)
        self._delegate = CellDelegate(look)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._set_up_header()
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        look.changed.connect(self._fit)
        self._fit()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace the rows, headings of groups among them; the cursor stays at its place in the
        list."""
        place = self.currentIndex().row()
        self.clearSpans()
        self.rows.show(rows)
        for at, row in enumerate(rows):
            if isinstance(row, Heading):
                self.setSpan(at, 0, 1, len(self.rows.columns))
        self.updateGeometry()
        if 0 <= place < len(rows) and not isinstance(rows[place], Heading):
            self.selectRow(place)
        else:
            self.marked.emit(None)
        if self.hasFocus():
            self._mark_one()

    def _double_clicked(self, index: QModelIndex) -> None:
        row = self.rows.rows[index.row()]
        if not isinstance(row, Heading):
            self.opened.emit(row)

    def show_facets(self, names: Collection[str]) -> None:
        """Show the columns of these facets, and not those of others."""
        if self._facets != frozenset(names):
            self._facets = frozenset(names)
            self._fit()

    def hide_kinds(self, kinds: frozenset[str]) -> None:
        """Leave out the columns of these kinds of record, in files too."""
        if self._hidden != kinds:
            self._hidden = kinds
            self._fit()

    def _mark_one(self) -> None:
        """Mark the row under the cursor, or the first, when none is marked."""
        if self.rows.rows and self.current() is None:
            first = next(
                place for place, row in enumerate(self.rows.rows) if not isinstance(row, Heading)
            )
            self.selectRow(max(self.currentIndex().row(), first))

    def shown_list(self, filters: Sequence[str] = (), typed: Sequence[str] = ()) -> ShownList:
        """The list as it stands here; `filters` and `typed` say how it was narrowed."""
        order = next((c.title for c in self.rows.columns if c.order and c.order == self._order), "")
        by = [translate("sorted by {column}", column=order)] if order else []
        return ShownList(
            name=self.accessibleName(),
            columns=[one for one in self.rows.every_column if one.of not in self._hidden],
            rows=[row for row in self.rows.rows if not isinstance(row, Heading)],
            filters=[*filters, *by],
            typed=typed,
            personal=self.personal,
        )

    def sizeHint(self) -> QSize:
        """As high as its rows, so that the card around it ends where they do."""
        header = self.horizontalHeader().sizeHint().height()
        return QSize(
            self.look.px(LEAST_WIDTH), header + self.look.px(ROW) * len(self.rows.rows) + 2
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.look.px(3 * ROW))

    def current(self) -> Any | None:
        """The row under the cursor."""
        selected = self.selectionModel().selectedRows()
        return self.rows.rows[selected[0].row()] if selected else None

    def open_current(self) -> None:
        """Open the row under the cursor."""
        self.opened.emit(self.current())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.current() is not None:
            enter_key = EnterKey.of(self)
            if enter_key is None or enter_key.opens(self, event):
                self.open_current()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A person who comes by key sees where the focus is, and Enter opens that row."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self._mark_one()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _set_up_header(self) -> None:
        header = named(self.horizontalHeader(), self.accessibleName())
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._header_clicked)
        self._order, self._descending = "", False

    def _header_clicked(self, section: int) -> None:
        order = self.rows.columns[section].order
        if not order:
            return
        self._descending = order == self._order and not self._descending
        self._order = order
        self.horizontalHeader().setSortIndicatorShown(True)
        direction = (
            Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        )
        self.horizontalHeader().setSortIndicator(section, direction)
        self.ordered.emit(order, self._descending)

    def _selection_changed(self, chosen: QItemSelection, _left: QItemSelection) -> None:
        self.marked.emit(self.current() if chosen.count() else None)

    def _fit(self) -> None:
        heads = self._least_widths()
        shown = self._shown(heads)
        shares = {place: self.rows.columns[place].share for place in shown}
        width = self.viewport().width()
        parts = {p: max(width * shares[p] // sum(shares.values()), heads[p]) for p in shown}
        # What the heads of narrow columns need more, and what is left over, is the roomiest one's.
        roomiest = max(shown, key=lambda place: parts[place] - heads[place])
        parts[roomiest] += width - sum(parts.values())
        for place in range(len(self.rows.columns)):
            self.setColumnHidden(place, place not in shown)
        for place, part in parts.items():
            self.setColumnWidth(place, part)
        self.verticalHeader().setDefaultSectionSize(self.look.px(ROW))

    def _least_widths(self) -> list[int]:
        """How wide the head of each column is, or the cell that it always shows whole; Qt gives it
        for those that are not hidden."""
        places = range(len(self.rows.columns))
        for place in places:
            self.setColumnHidden(place, False)
        heads = [self.horizontalHeader().sectionSizeHint(place) for place in places]
        wholes = [column.fits for column in self.rows.columns]
        return [
            max(head, cell_width(whole, self.look)) if whole else head
            for head, whole in zip(heads, wholes, strict=True)
        ]

    def _shown(self, heads: Sequence[int]) -> list[int]:
        """The columns there is room for: those that yield go one after another until it fits."""
        columns = self.rows.columns
        shown = [
            place
            for place, column in enumerate(columns)
            if (not column.facet or column.facet in self._facets) and column.of not in self._hidden
        ]
        going = sorted((p for p in shown if columns[p].yields), key=lambda p: -columns[p].yields)
        room = self.viewport().width()
        for place in going:
            least = {p: self.look.px(LEAST_SHARE * columns[p].share) for p in shown}
            if max(sum(least.values()), sum(heads[p] for p in shown)) <= room:
                break
            shown.remove(place)
        return shown
