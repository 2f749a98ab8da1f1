"""The typeface of our paper: Inter, embedded, which covers English, Welsh, Gaelic and Polish."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "Inter-Regular"
MEDIUM = "Inter-Medium"
SEMIBOLD = "Inter-SemiBold"
BOLD = "Inter-Bold"
_FACES = (REGULAR, MEDIUM, SEMIBOLD, BOLD)


class _Face(TTFont):  # type: ignore[misc] # reportlab has no types
    """A typeface whose codes all have a meaning for a screen reader.

    reportlab maps the codes that draw nothing to U+0000, which PDF/UA-1 forbids.
    """

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 # reportlab gave it its name
        super().addObjects(doc)
        objects: Mapping[str, PDFStream] = doc.idToObject
        for name, stream in objects.items():
            if name.startswith("toUnicodeCMap:"):
                stream.content = stream.content.replace("> <0000>", "> <FFFD>")


@cache
def glyphs() -> frozenset[int]:
    """Register the typeface with reportlab, once a process; give the code points it can draw."""
    folder = files("resources") / "fonts"
    for face in _FACES:
        with as_file(folder / f"{face}.ttf") as path:
            pdfmetrics.registerFont(_Face(face, str(path)))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=REGULAR, boldItalic=SEMIBOLD
    )
    drawable = [frozenset(pdfmetrics.getFont(face).face.charToGlyph) for face in _FACES]
    return frozenset.intersection(*drawable)
