"""Paragraphs, pictures and tables that say where they belong in the structure of the document.

They stand in for reportlab's of the same names: reports use these alone.
"""

from __future__ import annotations

from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Image as PlainImage
from reportlab.platypus import Paragraph as PlainParagraph
from reportlab.platypus import Table as PlainTable

from visitapp.reports.tagged.canvas import TaggedCanvas
from visitapp.reports.tagged.structure import Element, Tag


class Paragraph(PlainParagraph):  # type: ignore[misc] # reportlab has no types
    """A paragraph. Its style says what it is (`structure`: H1, H2, H3; P when it does not).

    language: of its whole text, such as `en-GB`; empty for the language of the document.
    """

    def __init__(
        self,
        text: str | None,
        style: ParagraphStyle,
        *args: Any,
        tag: Tag | None = None,
        language: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(text, style, *args, **kwargs)
        self.tag = tag or Tag(getattr(style, "structure", "P"), language=language)

    def split(self, width: float, height: float) -> list[PlainParagraph]:
        """The halves, which are one paragraph to a reader."""
        halves: list[PlainParagraph] = super().split(width, height)
        for half in halves:
            half.tag = self.tag
        return halves

    def draw(self) -> None:
        """Draw it as marked content."""
        with self.canv.content(self.tag):
            super().draw()


def list_item(of: Tag) -> Tag:
    """The tag of one point in the list `of`."""
    return Tag("LBody", inside=Tag("LI", inside=of))


class Picture(PlainImage):  # type: ignore[misc] # reportlab has no types
    """A picture with the words that stand for it where it cannot be seen."""

    def __init__(self, file: Any, *, alternative: str, **kwargs: Any) -> None:
        super().__init__(file, **kwargs)
        self.tag = Tag("Figure", alternative=alternative)

    def draw(self) -> None:
        """Draw it as marked content."""
        with self.canv.content(self.tag):
            super().draw()


class Layout(PlainTable):  # type: ignore[misc] # reportlab has no types
    """A table that only places things: its cells are read one after the other, as no table.

    A head that is repeated on a further page is read once.
    """

    canv: TaggedCanvas

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # the parts of a split table each draw by their own method
        super().__init__(*args, **{**kwargs, "renderCB": self._rendered})
        self._repeated = 0
        self._is_repeat = False

    def _splitRows(self, *at: Any, **how: Any) -> list[Any]:  # noqa: N802 # reportlab gave it its name
        parts: list[Any] = super()._splitRows(*at, **how)
        if len(parts) == 2:
            parts[0]._repeated = self._repeated
            parts[1]._repeated = parts[1].repeatRows
            for part in parts:
                part._continue(self)
        return parts

    def _continue(self, table: Any) -> None:
        """Take what the parts of a split table have in common."""

    def _rendered(self, _: Any, command: str, *about: Any) -> None:
        """Called by reportlab as it draws: `about` a row its number, a cell its row and column."""
        if command == "startRow":
            self._is_repeat = about[0] < self._repeated
            if self._is_repeat:
                self.canv.begin_artifact()
        elif command == "endRow" and self._is_repeat:
            self.canv.end_artifact()


class Table(Layout):
    """A table of data. Its `repeatRows` first rows are header cells of their columns.

    A row whose first flowable has `continues` set goes on with the cells of the row before, so
    that a page may end within a long cell.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tag = Tag("Table")
        self._cells: list[Element] = []

    def _continue(self, table: Any) -> None:
        self._tag, self._cells = table._tag, table._cells

    def _rendered(self, _: Any, command: str, *about: Any) -> None:
        super()._rendered(_, command, *about)
        if command == "startTable":
            self.canv.enter(self.canv.element_of(self._tag))
        elif command == "endTable":
            self.canv.leave()
        elif command == "startRow" and not self._is_repeat:
            self._start_row(about[0])
        elif command == "startCell" and not self._is_repeat:
            self.canv.enter(self._cells[about[1]])
        elif command == "endCell" and not self._is_repeat:
            self.canv.leave()

    def _start_row(self, number: int) -> None:
        """Make the elements of a row and its cells, unless it goes on with those before."""
        cells = self._cellvalues[number]
        if _continues(cells[0]):
            return
        is_header = number < self.repeatRows and not self._repeated
        self._cells.clear()
        self.canv.enter(self.canv.child("TR"))
        for _ in cells:
            cell = self.canv.child("TH", scope="Column") if is_header else self.canv.child("TD")
            self._cells.append(cell)
        self.canv.leave()


def _continues(cell: Any) -> bool:
    first = cell[0] if isinstance(cell, list | tuple) and cell else cell
    return bool(getattr(first, "continues", False))
