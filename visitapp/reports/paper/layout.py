"""Small pieces that sections are built of: headings, bullets, rows of facts."""

from __future__ import annotations

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, TableStyle

from visitapp.reports.paper.paper import Heading
from visitapp.reports.paper.styles import BULLET, HEADING, LABEL, PART, SUBHEADING, VALUE, WIDTH
from visitapp.reports.paper.text import lines, safe
from visitapp.reports.tagged.flowables import Layout, Paragraph, list_item
from visitapp.reports.tagged.structure import Tag

_PIECE = 230.0
"""Points of height that one piece of a long text takes at most, so that a page can end after it."""

NO_PADDING = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def heading(text: str, room: float = 90, *, language: str = "") -> list[Flowable]:
    """A part's heading, in the outline, with at least `room` points left on its page."""
    title = Heading(safe(text), HEADING, entry=text, level=0, language=language)
    return [CondPageBreak(room), title]


def part(text: str) -> list[Flowable]:
    """A heading of page 1, which has room for all of it; in the outline as well."""
    return [Heading(safe(text), PART, entry=text, level=0)]


def subheading(text: str) -> list[Flowable]:
    """A heading inside a part, never alone at the foot of a page."""
    return [CondPageBreak(54), Paragraph(safe(text), SUBHEADING)]


def bullets(items: list[str]) -> list[Flowable]:
    """A list of points; each item is markup, with what people typed made safe already."""
    of = Tag("L")
    return [Paragraph(item, BULLET, bulletText="\u2022", tag=list_item(of)) for item in items]


def typed(text: str, style: ParagraphStyle, width: float, *, lead: str = "") -> list[Flowable]:
    """What somebody typed, of any length, cut between lines into pieces that a page can hold.

    `lead` is markup that stands before the first line. Empty text gives nothing.
    """
    pieces: list[Flowable] = []
    for place, line in enumerate(lines(text)):
        rest = Paragraph(lead + line if place == 0 else line, style)
        while rest.wrap(width, 100_000)[1] > _PIECE:
            parts = rest.split(width, _PIECE)
            if len(parts) < 2:
                break
            pieces.append(parts[0])
            rest = parts[1]
        pieces.append(rest)
    return pieces


def facts(pairs: list[tuple[str, str]], columns: int = 4) -> Layout:
    """Labels with their values below, in `columns`; values are plain text."""
    inner = WIDTH / columns - 12
    cells = [[Paragraph(safe(name), LABEL), *typed(value, VALUE, inner)] for name, value in pairs]
    cells += [[] for _ in range(-len(cells) % columns)]
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    style = [
        *NO_PADDING,
        ("RIGHTPADDING", (0, 0), (-2, -1), 12),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
    return Layout(rows, colWidths=[WIDTH / columns] * columns, style=TableStyle(style))


def facts_beside(pairs: list[tuple[str, str]]) -> Layout:
    """Labels with their values beside them, two pairs in a row; values are plain text."""
    label = 86.0
    value = WIDTH / 2 - label
    cells = [
        [Paragraph(safe(name), LABEL), typed(text, VALUE, value - 12) or ""] for name, text in pairs
    ]
    cells += [["", ""]] * (len(cells) % 2)
    rows = [[*cells[start], *cells[start + 1]] for start in range(0, len(cells), 2)]
    style = [
        *NO_PADDING,
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (1, 0), (1, -1), 12),
    ]
    return Layout(rows, colWidths=[label, value] * 2, style=TableStyle(style))
