"""RAG on paper: a shape and a word, so that it can be read without its colour."""

from __future__ import annotations

from reportlab.lib.colors import white
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from visitapp.reports.paper.fonts import SEMIBOLD
from visitapp.reports.paper.styles import RAG_INK, RAG_WASH
from visitapp.reports.paper.text import safe
from visitapp.reports.tagged.flowables import Paragraph


def draw_mark(canvas: Canvas, rag: str, x: float, y: float, size: float) -> None:
    """Draw the shape of a RAG in the square of `size` points whose lower left corner is (x, y).

    Red is a square, amber a triangle, green a disc, unrated a ring.
    """
    canvas.saveState()
    canvas.setFillColor(RAG_INK[rag])
    canvas.setStrokeColor(RAG_INK[rag])
    if rag == "red":
        canvas.roundRect(x, y, size, size, size / 8, stroke=0, fill=1)
    elif rag == "amber":
        path = canvas.beginPath()
        path.moveTo(x - size * 0.06, y)
        path.lineTo(x + size * 1.06, y)
        path.lineTo(x + size / 2, y + size)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    elif rag == "green":
        canvas.circle(x + size / 2, y + size / 2, size * 0.53, stroke=0, fill=1)
    else:
        canvas.setLineWidth(size / 7)
        canvas.setFillColor(white)
        canvas.circle(x + size / 2, y + size / 2, size * 0.43, stroke=1, fill=1)
    canvas.restoreState()


class Pill(Flowable):  # type: ignore[misc] # reportlab has no types
    """A tinted lozenge with the shape of a RAG and a label. A long label wraps inside it."""

    def __init__(
        self,
        label: str,
        rag: str,
        *,
        size: float = 8.5,
        width: float = 0,
        right: bool = False,
        language: str = "",
    ) -> None:
        """`size` is the type size; `width` the most it may take (0: what there is); `right` puts
        it at the right edge of its place; `language`: of the label, as of a `Paragraph`."""
        super().__init__()
        self._rag = rag
        self._size = size
        self._most = width
        self._right = right
        self._label = safe(label)
        self._natural = stringWidth(label, SEMIBOLD, size)
        style = ParagraphStyle(
            "pill", fontName=SEMIBOLD, fontSize=size, leading=size * 1.25, textColor=RAG_INK[rag]
        )
        self._text = Paragraph(self._label, style, language=language)

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        """Take the width of the label, or of the place when that is narrower."""
        self._place = min(available, self._most) if self._most else available
        edges = self._size * 0.85 * 2
        mark = self._size * 1.35
        self._text_width = min(self._natural + 1, self._place - edges - mark)
        _, self._text_height = self._text.wrap(self._text_width, height)
        self.width = self._text_width + edges + mark
        self.height = self._text_height + self._size * 0.62
        return self._place, self.height

    def draw(self) -> None:
        """Draw the lozenge, the shape beside the first line, and the label."""
        canvas = self.canv
        left = self._place - self.width if self._right else 0
        edge = self._size * 0.85
        mark = self._size * 0.78
        canvas.saveState()
        canvas.setFillColor(RAG_WASH[self._rag])
        canvas.roundRect(left, 0, self.width, self.height, self._size * 0.42, stroke=0, fill=1)
        canvas.restoreState()
        first_line = self.height - self._size * 0.31 - self._size * 0.625
        draw_mark(canvas, self._rag, left + edge, first_line - mark / 2, mark)
        self._text.drawOn(canvas, left + edge + self._size * 1.35, self._size * 0.31)
