"""The actions that this visit asks for."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable, TableStyle

from visitapp.reports.paper.layout import heading, typed
from visitapp.reports.paper.styles import BODY, COLUMN, LINE, SMALL, STRONG, WASH, WIDTH
from visitapp.reports.paper.text import counted, safe, short_day
from visitapp.reports.tagged.flowables import Paragraph, Table
from visitapp.reports.visit.subject import Subject
from visitapp.rules.choices import ActionStatus, Priority
from visitapp.services.views.actions import ActionView
from visitapp.vocabulary import choice_word

NONE = "This visit asks for no actions."
_COLUMNS = ("Action", "Owner", "Priority", "Due", "Status")
_WIDTHS = [WIDTH - 92 - 68 - 78 - 70, 92, 68, 78, 70]


def actions(subject: Subject) -> list[Flowable]:
    """The actions as a table whose head is repeated on each page, soonest first."""
    story = heading("Actions")
    found = sorted(subject.view.actions, key=lambda action: (action.due_on, action.title))
    if not found:
        if subject.what != "visit":
            return []
        return [*story, Paragraph(NONE, BODY)]
    rows: list[list[Any]] = [[Paragraph(column, COLUMN) for column in _COLUMNS]]
    style: list[tuple[Any, ...]] = list(_STYLE)
    for action in found:
        first = len(rows)
        rows += _rows(subject, action)
        last = len(rows) - 1
        style += [
            ("TOPPADDING", (0, first), (-1, first), 6),
            ("BOTTOMPADDING", (0, last), (-1, last), 6),
            ("LINEBELOW", (0, last), (-1, last), 0.6, LINE),
            ("NOSPLIT", (0, first), (-1, min(first + 1, last))),
        ]
    return [*story, Table(rows, colWidths=_WIDTHS, repeatRows=1, style=TableStyle(style))]


_STYLE = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("BACKGROUND", (0, 0), (-1, 0), WASH),
    ("LEFTPADDING", (0, 0), (-1, -1), 8),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ("TOPPADDING", (0, 0), (-1, 0), 6),
    ("BOTTOMPADDING", (0, 0), (-1, 0), 6),
    ("LINEBELOW", (0, 0), (-1, 0), 0.6, LINE),
)


def _rows(subject: Subject, action: ActionView) -> list[list[Any]]:
    question = subject.form.questions.get(action.question)
    due = short_day(action.due_on)
    if action.overdue_days:
        due += f"<br/><b>{counted(action.overdue_days, 'day')} overdue</b>"
    rows: list[list[Any]] = [
        [
            Paragraph(safe(action.title), STRONG),
            Paragraph(safe(action.owner) or "Not named", BODY),
            Paragraph(safe(choice_word(Priority, action.priority)), BODY),
            Paragraph(due, BODY),
            Paragraph(safe(choice_word(ActionStatus, action.status)), BODY),
        ]
    ]
    width = _WIDTHS[0] - 12
    more = typed(action.detail, BODY, width)
    if question is not None:
        more.append(Paragraph(f"About {question.number} {safe(question.ask)}", SMALL))
    for piece in more:
        piece.continues = True
    return rows + [[piece, "", "", "", ""] for piece in more]
