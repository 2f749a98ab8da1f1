"""The sheet itself: A4, running head and foot, page numbers, outline, and the mark of a draft."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from msgspec import Struct
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from visitapp.language import translate
from visitapp.reports.paper.fonts import BOLD, REGULAR
from visitapp.reports.paper.styles import (
    BOTTOM,
    FAINT,
    LINE,
    MARGIN,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TOP,
    WIDTH,
)
from visitapp.reports.tagged.canvas import TaggedCanvas
from visitapp.reports.tagged.flowables import Paragraph

_SMALL = 7.5


class PageFrame(Struct, frozen=True, kw_only=True):
    """What stands on every page, and what a reader of files is told: plain, drawable text."""

    title: str
    author: str
    subject: str
    head_left: str
    head_right: str
    foot_left: str
    mark: str
    """Printed large behind every page; empty on a signed-off report."""


class Heading(Paragraph):
    """A heading that is also an entry of the outline. `level` counts from 0."""

    def __init__(
        self,
        text: str | None,
        style: ParagraphStyle,
        *,
        entry: str = "",
        level: int = 0,
        **how: Any,
    ) -> None:
        super().__init__(text, style, **how)
        self._entry = entry
        self._level = level

    def draw(self) -> None:
        """Draw it; the outline gets it once, though a repeated table head is drawn on each page."""
        if self._entry:
            enter_outline(self.canv, self._entry, self._level)
        super().draw()


def enter_outline(canvas: Canvas, entry: str, level: int) -> None:
    """Add `entry` to the outline, leading to this place, unless it is there already."""
    entered: set[str] = canvas.__dict__.setdefault("_entered", set())
    if entry in entered:
        return
    entered.add(entry)
    key = f"part-{len(entered)}"
    canvas.bookmarkHorizontal(key, 0, 0)
    canvas.addOutlineEntry(entry, key, level, closed=False)


def print_sheets(story: list[Flowable], sheet: PageFrame) -> bytes:
    """The finished PDF of `story`, with the total known on every page."""
    return _built(story, sheet)[0]


def print_one_page(stories: Iterable[list[Flowable]], sheet: PageFrame) -> bytes:
    """The finished PDF of the first story that takes one page, or of the last one."""
    content = b""
    for story in stories:
        content, pages = _built(story, sheet)
        if pages == 1:
            break
    return content


def _built(story: list[Flowable], sheet: PageFrame) -> tuple[bytes, int]:
    """The PDF, and how many pages it has."""
    target = BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=A4,
        title=sheet.title,
        author=sheet.author,
        subject=sheet.subject,
        creator="Visitapp",
    )
    frame = Frame(
        MARGIN,
        BOTTOM,
        WIDTH,
        PAGE_HEIGHT - TOP - BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates(
        PageTemplate(
            frames=[frame],
            onPage=lambda canvas, _: _print_mark(canvas, sheet.mark),
            onPageEnd=lambda canvas, _: _dress(canvas, sheet),
        )
    )
    document.build(story, canvasmaker=_NumberedCanvas)
    return target.getvalue(), document.page


class _NumberedCanvas(TaggedCanvas):
    """Leaves room for `Page 3 of 12` on each page and fills it in when the last one is known."""

    def save(self) -> None:
        """Write the page numbers that the pages already point to, then the file."""
        total = self.getPageNumber() - 1
        for page in range(1, total + 1):
            self.beginForm(_number_form(page), 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
            self.setFont(REGULAR, _SMALL)
            self.setFillColor(MUTED)
            number = translate("Page {page} of {total}", page=page, total=total)
            self.drawRightString(PAGE_WIDTH - MARGIN, BOTTOM - 26, number)
            self.endForm()
        self.showOutline()
        super().save()


def _number_form(page: int) -> str:
    return f"number-{page}"


def _dress(canvas: Canvas, sheet: PageFrame) -> None:
    """The running head from page 2 on, and the foot; last, so that they are read last."""
    page = canvas.getPageNumber()
    canvas.saveState()
    canvas.setFont(REGULAR, _SMALL)
    canvas.setFillColor(MUTED)
    if page > 1:
        canvas.drawString(MARGIN, PAGE_HEIGHT - TOP + 14, sheet.head_left)
        canvas.drawRightString(PAGE_WIDTH - MARGIN, PAGE_HEIGHT - TOP + 14, sheet.head_right)
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, BOTTOM - 13, PAGE_WIDTH - MARGIN, BOTTOM - 13)
    canvas.drawString(MARGIN, BOTTOM - 26, sheet.foot_left)
    canvas.doForm(_number_form(page))
    canvas.restoreState()


def _print_mark(canvas: Canvas, mark: str) -> None:
    """The mark goes first, so that it lies behind the text."""
    canvas.saveState()
    canvas.setFillColor(FAINT)
    canvas.setFont(BOLD, 120)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.drawCentredString(0, -40, mark)
    canvas.restoreState()
