"""The actions that this visit asks for."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable, TableStyle

from forms.model import Question
from visitapp.dates import short_day
from visitapp.language import message, plural, translate
from visitapp.reports.paper.layout import heading, typed
from visitapp.reports.paper.styles import BODY, COLUMN, LINE, SMALL, STRONG, WASH, WIDTH
from visitapp.reports.paper.text import safe
from visitapp.reports.tagged.flowables import Paragraph, Table
from visitapp.reports.visit.subject import Subject
from visitapp.rules.choices import ActionStatus, Priority
from visitapp.services.views.actions import ActionView
from visitapp.vocabulary import choice_word

NONE = message("No actions were raised at this visit.")
_OWNER = message("Owner")
_COLUMNS = (
    (_OWNER, 92),
    (message("Priority"), 68),
    (message("Due"), 78),
    (message("Status"), 70),
)
"""The columns beside the action's own, with their widths."""


def actions(subject: Subject) -> list[Flowable]:
    """The actions as a table whose head is repeated on each page, soonest first. Owners have a
    column when one is named."""
    story = heading(translate("Actions"))
    found = sorted(subject.view.actions, key=lambda action: (action.due_on, action.title))
    if not found:
        if subject.what != "visit":
            return []
        return [*story, Paragraph(str(NONE), BODY)]
    named = any(action.owner for action in found)
    columns = [one for one in _COLUMNS if named or one[0] is not _OWNER]
    widths = [width for _, width in columns]
    widths.insert(0, WIDTH - sum(widths))
    head = [message("Action"), *(name for name, _ in columns)]
    rows: list[list[Any]] = [[Paragraph(str(column), COLUMN) for column in head]]
    style: list[tuple[Any, ...]] = list(_STYLE)
    for action in found:
        first = len(rows)
        rows += _rows(subject, action, widths[0], named=named)
        last = len(rows) - 1
        style += [
            ("TOPPADDING", (0, first), (-1, first), 6),
            ("BOTTOMPADDING", (0, last), (-1, last), 6),
            ("LINEBELOW", (0, last), (-1, last), 0.6, LINE),
            ("NOSPLIT", (0, first), (-1, min(first + 1, last))),
        ]
    return [*story, Table(rows, colWidths=widths, repeatRows=1, style=TableStyle(style))]


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


def _rows(subject: Subject, action: ActionView, width: float, *, named: bool) -> list[list[Any]]:
    question = subject.form.questions.get(action.question)
    due = short_day(action.due_on)
    if action.overdue_days:
        overdue = plural("{n} day overdue", "{n} days overdue", action.overdue_days)
        due += f"<br/><b>{overdue}</b>"
    first = [
        Paragraph(safe(action.title), STRONG),
        *([Paragraph(safe(action.owner), BODY)] if named else []),
        Paragraph(safe(choice_word(Priority, action.priority)), BODY),
        Paragraph(due, BODY),
        Paragraph(safe(choice_word(ActionStatus, action.status)), BODY),
    ]
    more = typed(action.detail, BODY, width - 12)
    if question is not None:
        more.append(Paragraph(_about(question), SMALL))
    for piece in more:
        piece.continues = True
    return [first, *([piece, *[""] * (len(first) - 1)] for piece in more)]


def _about(question: Question) -> str:
    return translate("About {number} {ask}", number=question.number, ask=safe(question.ask))
