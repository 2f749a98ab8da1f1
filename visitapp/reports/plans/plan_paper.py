"""An improvement plan on paper, for the provider: what was agreed, and where each action stands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from reportlab.platypus import Flowable, Spacer, TableStyle

from visitapp.dates import long_day, short_day
from visitapp.language import message, translate
from visitapp.reports.paper.fonts import glyphs
from visitapp.reports.paper.layout import facts, heading, typed
from visitapp.reports.paper.paper import PageFrame, print_sheets
from visitapp.reports.paper.styles import (
    BODY,
    COLUMN,
    KIND,
    LINE,
    MUTED_BODY,
    STRONG,
    TITLE,
    WASH,
    WIDTH,
)
from visitapp.reports.paper.text import moment, plain, safe
from visitapp.reports.paper.whole_file import write_whole
from visitapp.reports.tagged.flowables import Paragraph, Table
from visitapp.services.plans.provider.views import OutgoingPlan, OutgoingRow

_COLUMNS = (
    (message("No."), 30),
    (message("Due"), 76),
    (message("State"), 80),
    (message("Done so far"), 68),
)
"""The columns beside the action's own, with their widths."""


def write_plan_paper(outgoing: OutgoingPlan, out: Path, *, printed_at: datetime) -> Path:
    """Write the PDF to `out`, whole or not at all, and give `out` back. Raises EnvironmentProblem
    (DISK_FULL, FOLDER_UNUSABLE)."""
    glyphs()
    return write_whole(out, print_sheets(_story(outgoing, printed_at), _frame(outgoing)))


def _story(outgoing: OutgoingPlan, printed_at: datetime) -> list[Flowable]:
    plan = outgoing.plan
    pairs = [
        (translate("Starts"), long_day(plan.starts_on)),
        (translate("Ends"), long_day(plan.ends_on)),
        (translate("Version"), str(outgoing.version)),
        (translate("Agreed on"), long_day(plan.agreed_on) if plan.agreed_on else ""),
        (translate("Agreed with"), plan.agreed_with),
        (translate("Provider's people"), plan.provider_people or translate("not recorded yet")),
        (translate("Printed on"), moment(printed_at, printed_at.tzinfo)),
    ]
    fill_in = translate(
        "Tell us how each action stands in the spreadsheet that comes with this plan. Done is "
        "your word; verified is what we have seen."
    )
    return [
        Paragraph(translate("Improvement plan"), KIND),
        Paragraph(safe(plan.setting), TITLE),
        *typed(plan.goal, BODY, WIDTH),
        Paragraph(safe(fill_in), MUTED_BODY),
        Spacer(0, 7),
        facts(pairs),
        *heading(translate("Actions")),
        _table(outgoing.rows),
    ]


def _table(actions: list[OutgoingRow]) -> Table:
    widths = [width for _, width in _COLUMNS]
    widths.insert(1, WIDTH - sum(widths))
    titles = [title for title, _ in _COLUMNS]
    titles.insert(1, message("Action"))
    rows: list[list[Any]] = [[Paragraph(str(title), COLUMN) for title in titles]]
    style = list(_STYLE)
    for action in actions:
        first = len(rows)
        rows += _rows(action, widths[1])
        last = len(rows) - 1
        style += [
            ("TOPPADDING", (0, first), (-1, first), 6),
            ("BOTTOMPADDING", (0, last), (-1, last), 6),
            ("LINEBELOW", (0, last), (-1, last), 0.6, LINE),
            ("NOSPLIT", (0, first), (-1, min(first + 1, last))),
        ]
    return Table(rows, colWidths=widths, repeatRows=1, style=TableStyle(style))


_STYLE: tuple[tuple[Any, ...], ...] = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("BACKGROUND", (0, 0), (-1, 0), WASH),
    ("LEFTPADDING", (0, 0), (-1, -1), 6),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ("TOPPADDING", (0, 0), (-1, 0), 6),
    ("BOTTOMPADDING", (0, 0), (-1, 0), 6),
    ("LINEBELOW", (0, 0), (-1, 0), 0.6, LINE),
)


def _rows(action: OutgoingRow, width: float) -> list[list[Any]]:
    first = [
        Paragraph(str(action.number), BODY),
        Paragraph(safe(action.title), STRONG),
        Paragraph(short_day(action.due), BODY),
        Paragraph(safe(action.state), BODY),
        Paragraph(safe(action.so_far), BODY),
    ]
    known = action.measure or translate("not recorded yet")
    more = [
        Paragraph(safe(action.who), MUTED_BODY),
        *typed(translate("How we will know: {measure}", measure=known), BODY, width - 12),
    ]
    return [first, *([_goes_on(), piece, *[""] * (len(first) - 2)] for piece in more)]


def _goes_on() -> Flowable:
    """Nothing in the first cell of a row that goes on with the row before."""
    nothing = Paragraph("", BODY)
    nothing.continues = True
    return nothing


def _frame(outgoing: OutgoingPlan) -> PageFrame:
    setting = " ".join(plain(outgoing.plan.setting).split())[:70]
    version = translate("Version {n}", n=outgoing.version)
    return PageFrame(
        title=translate("Improvement plan: {setting}", setting=setting),
        author="Visitapp",
        subject=version,
        head_left=setting,
        head_right=version,
        foot_left=f"{setting} \u00b7 {version}",
        mark="",
    )
