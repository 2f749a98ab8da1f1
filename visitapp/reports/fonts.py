"""The typeface of our paper: Inter, embedded, which covers English, Welsh, Gaelic and Polish."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "Inter-Regular"
MEDIUM = "Inter-Medium"
SEMIBOLD = "Inter-SemiBold"
BOLD = "Inter-Bold"
_FACES = (REGULAR, MEDIUM, SEMIBOLD, BOLD)


@cache
def glyphs() -> frozenset[int]:
    """Register the typeface with reportlab, once a process; give the code points it can draw."""
    folder = files("resources") / "fonts"
    for face in _FACES:
        with as_file(folder / f"{face}.ttf") as path:
            pdfmetrics.registerFont(TTFont(face, str(path)))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=REGULAR, boldItalic=SEMIBOLD
    )
    drawable = [frozenset(pdfmetrics.getFont(face).face.charToGlyph) for face in _FACES]
    return frozenset.intersection(*drawable)
