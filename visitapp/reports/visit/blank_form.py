"""A form on paper, to be filled in by pen when the laptop's battery is empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from reportlab.platypus import Flowable, Spacer, TableStyle

from forms.model import Area, Form, Question
from visitapp.dates import long_day
from visitapp.language import message, translate
from visitapp.reports.paper.fonts import glyphs
from visitapp.reports.paper.layout import heading
from visitapp.reports.paper.paper import PageFrame, print_sheets
from visitapp.reports.paper.styles import BODY, INK, LINE, NUMBER, SMALL, STRONG, TITLE, WIDTH
from visitapp.reports.paper.text import FORM_LANGUAGE, MISSING_GLYPH, plain, safe
from visitapp.reports.paper.whole_file import write_whole
from visitapp.reports.tagged.flowables import Layout, Paragraph
from visitapp.reports.visit.letterhead import letterhead
from visitapp.rules.policy.paper import PaperRules
from visitapp.vocabulary import people_groups

BLANK = "." * 14
_NUMBER_WIDTH = 40.0
_LINE_HEIGHT = 19.0
_LINES = {"text": 3}
"""Lines to write on; one for every other type of question."""

TEACHING = message(
    "Fill this in by pen when the laptop cannot be used, and type it in afterwards. It holds "
    "codes, never names. Keep it safe, and destroy it once it is typed in."
)


def write_blank_form(
    form: Form, setting: str, paper: PaperRules, out: Path, *, printed_at: datetime
) -> Path:
    """Write the PDF to `out`, whole or not at all, and give `out` back. Raises EnvironmentProblem
    (DISK_FULL, FOLDER_UNUSABLE)."""
    glyphs()
    return write_whole(
        out,
        print_sheets(_story(form, setting, paper), _frame(form, setting, printed_at)),
    )


def _story(form: Form, setting: str, paper: PaperRules) -> list[Flowable]:
    about = translate("{form}, version {version}", form=form.title, version=form.version)
    story: list[Flowable] = [
        *letterhead(paper, translate("Paper form")),
        Paragraph(safe(setting or form.title), TITLE),
        Paragraph(safe(about), BODY),
        Paragraph(str(TEACHING), SMALL),
        Spacer(0, 8),
    ]
    for caption in (translate("Day and times"), translate("Officers"), translate("Seen by")):
        story += [Paragraph(safe(caption), SMALL), _lines(1, WIDTH)]
    for area in form.areas:
        story += [*heading(f"{area.number} {area.title}", room=120, language=FORM_LANGUAGE)]
        story.append(_area(area))
    return [*story, *heading(translate("Told to the manager"), room=120), _lines(5, WIDTH)]


def _area(area: Area) -> Layout:
    inner = WIDTH - _NUMBER_WIDTH
    rows: list[list[Any]] = [
        [Paragraph(question.number, NUMBER), _question(question, inner)]
        for question in area.questions
    ]
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ("LINEBELOW", (0, 0), (-1, -1), 0.6, LINE),
    ]
    return Layout(rows, colWidths=[_NUMBER_WIDTH, inner], style=TableStyle(style))


def _question(question: Question, width: float) -> list[Flowable]:
    ways = "&nbsp;&nbsp;&nbsp; ".join(safe(one) for one in _ways(question))
    return [
        Paragraph(safe(question.ask), STRONG, language=FORM_LANGUAGE),
        Paragraph(safe(question.look_for), SMALL, language=FORM_LANGUAGE),
        *([Spacer(0, 3), Paragraph(ways, BODY)] if ways else []),
        _lines(_LINES.get(question.type, 1), width),
    ]


def _ways(question: Question) -> Sequence[str]:
    """What is ticked or written for an answer."""
    scale = question.scale.values if question.scale else ()
    boxes = [f"{MISSING_GLYPH} {value.label}" for value in scale]
    outside = [
        f"{MISSING_GLYPH} {value.label}" for value in scale if value.excluded or value.unchecked
    ]
    match question.type:
        case "sample":
            asked = (translate("Checked"), translate("met"))
            return [*(f"{word} {BLANK}" for word in asked), *outside]
        case "number" | "percent":
            unit = "%" if question.type == "percent" else question.unit
            return [f"{BLANK} {unit}".rstrip(), *outside]
        case "people":
            return [f"{group} {BLANK}" for group in people_groups().values()]
        case "date":
            return [translate("Day {blank}", blank=BLANK)]
    return boxes


def _lines(count: int, width: float) -> Layout:
    """Lines to write on, which are not read aloud."""
    style = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, INK),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ]
    rows = [[""]] * count
    return Layout(
        rows, colWidths=[width], rowHeights=[_LINE_HEIGHT] * count, style=TableStyle(style)
    )


def _frame(form: Form, setting: str, printed_at: datetime) -> PageFrame:
    name = plain(setting)[:70]
    return PageFrame(
        title=translate("Paper form: {form}", form=plain(form.title)),
        author="Visitapp",
        subject=plain(form.title),
        head_left=name or plain(form.title),
        head_right=translate("Version {version}", version=form.version),
        foot_left=translate("Printed {day}", day=long_day(printed_at.date())),
        mark="",
    )
