"""How our paper looks: measures in points, colours, and the styles of text."""

from __future__ import annotations

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from visitapp.reports.paper.fonts import BOLD, MEDIUM, REGULAR, SEMIBOLD

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 18 * mm
TOP = 20 * mm
BOTTOM = 20 * mm
WIDTH = PAGE_WIDTH - 2 * MARGIN

INK = HexColor(0x1B2430)
MUTED = HexColor(0x55606E)
LINE = HexColor(0xDDE2E9)
WASH = HexColor(0xF4F6F9)
FAINT = HexColor(0xEEF0F3)
PEN = HexColor(0x1F3A8A)

RAG_INK: dict[str, Color] = {
    "red": HexColor(0x9B1C1C),
    "amber": HexColor(0x8A4600),
    "green": HexColor(0x11633A),
    "unrated": HexColor(0x475467),
}
RAG_WASH: dict[str, Color] = {
    "red": HexColor(0xFDE4E4),
    "amber": HexColor(0xFFF0D6),
    "green": HexColor(0xDFF3E6),
    "unrated": HexColor(0xEDF0F4),
}

BODY = ParagraphStyle(
    "body",
    fontName=REGULAR,
    bulletFontName=REGULAR,
    fontSize=9.5,
    leading=13.5,
    textColor=INK,
)
MUTED_BODY = ParagraphStyle("muted", BODY, textColor=MUTED)
SMALL = ParagraphStyle("small", BODY, fontSize=8.5, leading=12, textColor=MUTED)
LABEL = ParagraphStyle("label", BODY, fontSize=8.5, leading=12, textColor=MUTED)
VALUE = ParagraphStyle("value", BODY, fontName=MEDIUM)
STRONG = ParagraphStyle("strong", BODY, fontName=SEMIBOLD)
NUMBER = ParagraphStyle("number", BODY, textColor=MUTED)
RIGHT = ParagraphStyle("right", SMALL, alignment=TA_RIGHT)
RIGHT_STRONG = ParagraphStyle("right strong", STRONG, alignment=TA_RIGHT)
COUNCIL = ParagraphStyle("council", BODY, fontName=BOLD, fontSize=12.5, leading=16)
KIND = ParagraphStyle("kind", BODY, fontSize=9.5, leading=13, textColor=MUTED)
TITLE = ParagraphStyle(
    "title", BODY, fontName=BOLD, fontSize=22, leading=27, spaceAfter=2, structure="H1"
)
HEADING = ParagraphStyle(
    "heading",
    BODY,
    fontName=BOLD,
    fontSize=14,
    leading=18,
    spaceBefore=15,
    spaceAfter=6,
    structure="H2",
)
PART = ParagraphStyle(
    "part", HEADING, fontSize=12, leading=15, spaceBefore=10, spaceAfter=3, structure="H2"
)
SUBHEADING = ParagraphStyle(
    "subheading",
    BODY,
    fontName=SEMIBOLD,
    fontSize=10.5,
    leading=14,
    spaceBefore=11,
    spaceAfter=3,
    structure="H3",
)
AREA_NUMBER = ParagraphStyle("area number", BODY, fontName=BOLD, fontSize=11.5, leading=15)
AREA = ParagraphStyle("area", AREA_NUMBER, structure="H3")
COLUMN = ParagraphStyle("column", BODY, fontName=SEMIBOLD, fontSize=8.5, leading=11.5)
BULLET = ParagraphStyle("bullet", BODY, leftIndent=11, bulletIndent=1, spaceAfter=2)
