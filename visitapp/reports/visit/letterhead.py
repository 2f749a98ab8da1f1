"""The head of page 1: the council's logo and name, and what the paper is."""

from __future__ import annotations

import base64
import binascii
import io

from PIL import Image
from reportlab.platypus import Flowable, Spacer, TableStyle

from visitapp.language import translate
from visitapp.reports.paper.layout import NO_PADDING
from visitapp.reports.paper.styles import COUNCIL, INK, MUTED_BODY, RIGHT_STRONG, WIDTH
from visitapp.reports.paper.text import plain, safe
from visitapp.reports.tagged.flowables import Layout, Paragraph, Picture
from visitapp.rules.policy.paper import PaperRules

_LOGO, _GAP = 34.0, 11.0
_MOST_PIXELS = 4_000_000


def letterhead(paper: PaperRules, what: str) -> list[Flowable]:
    """The council at the left, `what` the paper is at the right, and a line below. Without a
    council's name the right side stands alone."""
    logo = _logo(paper) if paper.logo else None
    named: list[Flowable] = []
    if paper.council:
        named.append(Paragraph(safe(paper.council), COUNCIL))
    if paper.department:
        named.append(Paragraph(safe(paper.department), MUTED_BODY))
    left = _LOGO + _GAP if logo is not None else 0.0
    right = 130.0
    cells = [named, [Paragraph(safe(what), RIGHT_STRONG)]]
    widths = [WIDTH - left - right, right]
    if logo is not None:
        cells.insert(0, [logo])
        widths.insert(0, left)
    style = [
        *NO_PADDING,
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("LINEBELOW", (0, 0), (-1, -1), 1.8, INK),
    ]
    return [Layout([cells], colWidths=widths, style=TableStyle(style)), Spacer(0, 5)]


def _logo(paper: PaperRules) -> Picture | None:
    """The logo in a square of `_LOGO` points; None when it cannot be read."""
    try:
        data = base64.b64decode("".join(paper.logo.split()), validate=True)
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as given:
            if given.width * given.height > _MOST_PIXELS:
                return None
            scale = min(_LOGO / given.width, _LOGO / given.height)
            size = given.width * scale, given.height * scale
            printed = io.BytesIO()
            given.convert("RGBA").save(printed, "PNG")
    except (OSError, ValueError, SyntaxError, binascii.Error):
        return None
    printed.seek(0)
    shows = translate("Logo of {council}", council=plain(paper.council) or translate("the council"))
    return Picture(printed, alternative=shows, width=size[0], height=size[1], hAlign="LEFT")
