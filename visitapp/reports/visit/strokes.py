"""A drawn signature on paper."""

from __future__ import annotations

from reportlab.platypus import Flowable

from visitapp.reports.paper.styles import PEN
from visitapp.reports.tagged.structure import Tag
from visitapp.rules.visiting.signatures import HEIGHT, WIDTH, Strokes


class DrawnSignature(Flowable):  # type: ignore[misc] # reportlab has no types
    """The lines of a signature in a box of `width` points, with words for who cannot see them."""

    def __init__(self, strokes: Strokes, width: float, *, alternative: str) -> None:
        super().__init__()
        self._strokes = strokes
        self.width, self.height = width, width * HEIGHT / WIDTH
        self._tag = Tag("Figure", alternative=alternative)

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw each line; a dot is a short one."""
        canvas, scale = self.canv, self.width / WIDTH
        with canvas.content(self._tag):
            canvas.saveState()
            canvas.setStrokeColor(PEN)
            canvas.setLineWidth(1.3)
            canvas.setLineCap(1)
            canvas.setLineJoin(1)
            for stroke in self._strokes:
                path = canvas.beginPath()
                (left, top), *rest = stroke
                path.moveTo(left * scale, self.height - top * scale)
                for x, y in rest or [(left + 1, top)]:
                    path.lineTo(x * scale, self.height - y * scale)
                canvas.drawPath(path, stroke=1, fill=0)
            canvas.restoreState()
