"""The photos of a visit, two in a row, each under the question it supports."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, TableStyle

from visitapp.language import translate
from visitapp.reports.paper.layout import NO_PADDING, heading
from visitapp.reports.paper.styles import SMALL, WIDTH
from visitapp.reports.paper.text import plain, safe
from visitapp.reports.tagged.flowables import Layout, Paragraph, Picture
from visitapp.reports.visit.subject import Subject
from visitapp.services.views.visits import EvidenceView

Read = Callable[[str], bytes | None]
"""The bytes of a piece of evidence by its id; None when they are not on this device."""

_GAP = 6 * mm
_COLUMN = (WIDTH - _GAP) / 2
_HEIGHT = 72 * mm
_DOTS = 150 / 72
"""Pixels for each point: enough for paper, and a report that can still be sent by mail."""


def photos(subject: Subject, read: Read) -> list[Flowable]:
    """The photos of a visit with what they show; nothing when it has none."""
    held = [piece for piece in subject.view.evidence if piece.kind == "photo" and piece.sha256]
    if not held:
        return []
    cells = [_cell(subject, piece, read(piece.id)) for piece in held]
    story = heading(translate("Photos"), room=_HEIGHT + 60)
    for start in range(0, len(cells), 2):
        pair = cells[start : start + 2] + [[]] * (2 - len(cells[start : start + 2]))
        story.append(_row(pair))
        story.append(Spacer(0, 5 * mm))
    return story


def _row(pair: list[list[Flowable]]) -> Layout:
    row = Layout([[pair[0], "", pair[1]]], colWidths=[_COLUMN, _GAP, _COLUMN])
    row.setStyle(TableStyle(NO_PADDING))
    return row


def _cell(subject: Subject, piece: EvidenceView, data: bytes | None) -> list[Flowable]:
    """A photo over its caption: the question's number and what was written of it."""
    question = subject.form.questions.get(piece.question)
    number = f"<b>{safe(question.number)}</b> " if question is not None else ""
    caption = Paragraph(number + safe(piece.title), SMALL)
    shown = (
        None
        if data is None
        else _picture(data, translate("Photo: {title}", title=plain(piece.title)))
    )
    if shown is None:
        missing = translate("This photo was not on this device when the report was printed.")
        return [Paragraph(missing, SMALL), Spacer(0, 4), caption]
    return [shown, Spacer(0, 4), caption]


def _picture(data: bytes, shows: str) -> Picture | None:
    """A photo as large as its cell lets it be, with words for what it shows; None when it cannot
    be read."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as given:
            scale = min(_COLUMN / given.width, _HEIGHT / given.height)
            size = given.width * scale, given.height * scale
            given.thumbnail((round(size[0] * _DOTS), round(size[1] * _DOTS)))
            printed = io.BytesIO()
            given.convert("RGB").save(printed, "JPEG", quality=80)
    except (OSError, ValueError, SyntaxError):
        return None
    printed.seek(0)
    return Picture(printed, alternative=shows, width=size[0], height=size[1], hAlign="LEFT")
