"""One table model for every list: columns as data, rows as views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, Generic, TypeVar

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.language import Message
from visitapp.reports.lists.table import Value

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


class Cell(Struct, frozen=True):
    """What one cell shows: a line, a quieter second line, and a RAG chip in place of the line.
    `hint` says more, under the pointer and to assistive technology."""

    text: str
    second: str = ""
    rag: str = ""
    tone: str = ""
    second_tone: str = "muted"
    strong: bool = False
    hint: str = ""


class Column(Struct, frozen=True):
    """A column: its title, how a row fills it, the order it asks for (empty: cannot be sorted by),
    its share of the width, and how soon it is left out when there is no room (0: never). One with a
    `facet` is shown where the rows differ in it, and one that is `of` a kind of record where the
    user's role sees those.

    value: what a file has in place of the text, such as a date. in_file: of files alone. fits: a
    cell that is never cut or broken, such as a day.
    """

    title: str
    cell: Callable[[Any], Cell]
    order: str = ""
    share: int = 10
    yields: int = 0
    value: Callable[[Any], Value] | None = None
    in_file: bool = False
    facet: str = ""
    of: str = ""
    fits: Cell | None = None


class Heading(Struct, frozen=True):
    """A row that stands above a group of others."""

    text: str


def figure(
    title: Message | str,
    number: Callable[[Any], int | None],
    *,
    tone: str = "",
    share: int = 10,
    yields: int = 0,
    of: str = "",
) -> Column:
    """A column of numbers, which a file has as numbers; none and nought are a dash on screen.
    `tone`: of a number above nought."""

    def cell(row: Any) -> Cell:
        found = number(row)
        return Cell(str(found), tone=tone, strong=bool(tone)) if found else Cell("—")

    return Column(str(title), cell, share=share, yields=yields, value=number, of=of)


def in_file(title: Message | str, value: Callable[[Any], Value], *, of: str = "") -> Column:
    """A column that is in files alone."""
    return Column(str(title), lambda row: Cell(""), value=value, in_file=True, of=of)


class Roles(IntEnum):
    """Item roles of our own."""

    CELL = Qt.ItemDataRole.UserRole + 1


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows in the order they were given."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.every_column = list(columns)
        self.columns = [column for column in columns if not column.in_file]
        self.rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Replace every row."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell itself under `Roles.CELL`; its words for display and assistive technology."""
        if not index.isValid():
            return None
        if role not in (
            Roles.CELL,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if isinstance(row, Heading):
            heading = Cell(row.text, strong=True) if index.column() == 0 else Cell("")
            return heading if role == Roles.CELL else heading.text
        cell = column.cell(row)
        if role == Roles.CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.hint or None
        return " ".join(
            part for part in (f"{column.title}:", cell.text, cell.second, cell.hint) if part
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The cursor passes over the heading of a group."""
        if index.isValid() and isinstance(self.rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column titles; rows have none."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None
