"""Page 1 after the outcome: the officer's summary, what must be done, who signed, and how to reply.

It is what a provider keeps, so it stands for itself; the rest of the report is its grounds.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Spacer, TableStyle

from visitapp.dates import long_day, short_day, weekday
from visitapp.language import message, plural, translate
from visitapp.reports.paper.layout import NO_PADDING, part, typed
from visitapp.reports.paper.styles import BODY, COLUMN, INK, LINE, SMALL, STRONG, WIDTH
from visitapp.reports.paper.text import moment, plain, safe
from visitapp.reports.tagged.flowables import Layout, Paragraph, Table
from visitapp.reports.visit.strokes import DrawnSignature
from visitapp.reports.visit.subject import Subject
from visitapp.rules.visiting.signatures import Party, Signature
from visitapp.services.views.actions import ActionView
from visitapp.services.visits.receipt import grouped, receipt_of

MOST_ACTIONS = 6
"""Actions named on page 1; the table of all of them follows."""

_SHORT_RECEIPT = 16
_NO_ACTION = message("Nothing must be done after this visit.")
_GAP = 24.0
_HALF = (WIDTH - _GAP) / 2
_DRAWN = 108.0


def summary(subject: Subject) -> list[Flowable]:
    """The officer's own words, what was good, and what the manager was told."""
    view, good = subject.view, _good_practice(subject)
    if not (view.officer_summary or view.told_manager or good):
        return []
    story = [*part(translate("Summary")), *typed(view.officer_summary, BODY, WIDTH)]
    if good:
        told = f"<b>{translate('Good practice:')}</b> {safe(good)}"
        story += [Spacer(0, 3), Paragraph(told, BODY)]
    if view.told_manager:
        lead = f"<b>{translate('Told to the manager:')}</b> "
        story += [Spacer(0, 3), *typed(view.told_manager, BODY, WIDTH, lead=lead)]
    return story


def _good_practice(subject: Subject) -> str:
    marked = []
    for question in subject.form.questions.values():
        answer = subject.answer(question)
        if answer is not None and answer.good_practice:
            marked.append(f"{question.number} {question.ask.rstrip('?.')}")
    return "; ".join(marked)


def must_do(subject: Subject) -> list[Flowable]:
    """The actions in one line each, soonest first."""
    found = sorted(subject.view.actions, key=lambda action: (action.due_on, action.title))
    if not found:
        title = translate("What must be done")
        return [*part(title), Paragraph(str(_NO_ACTION), BODY)]
    title = plural("What must be done: {n} action", "What must be done: {n} actions", len(found))
    story = [*part(title), _actions(found[:MOST_ACTIONS])]
    rest = len(found) - MOST_ACTIONS
    if rest > 0:
        more = plural("and {n} more, listed below", "and {n} more, listed below", rest)
        story.append(Paragraph(more, SMALL))
    return story


def _actions(found: list[ActionView]) -> Table:
    measured = any(action.success_measure for action in found)
    named = any(action.owner for action in found)
    columns = [(translate("Action"), 0.0)]
    columns += [(translate("How we will know"), 112.0)] * measured
    columns += [(translate("Who"), 74.0)] * named
    columns += [(translate("By"), 66.0)]
    widths = [width for _, width in columns]
    widths[0] = WIDTH - sum(widths)
    rows: list[list[Any]] = [[Paragraph(name, COLUMN) for name, _ in columns]]
    for action in found:
        row = [Paragraph(safe(action.title), STRONG)]
        row += [Paragraph(safe(action.success_measure), BODY)] * measured
        row += [Paragraph(safe(action.owner), BODY)] * named
        rows.append([*row, Paragraph(short_day(action.due_on), BODY)])
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ("LINEBELOW", (0, 0), (-1, -1), 0.6, LINE),
    ]
    return Table(rows, colWidths=widths, repeatRows=1, style=TableStyle(style))


def signatures(subject: Subject) -> list[Flowable]:
    """Both signatures, the provider's right to reply, and the receipt; nothing on a draft."""
    view = subject.view
    signed = view.summary.signed_off_at
    if not subject.signed or signed is None:
        return []
    given = {one.party: one for one in view.signatures}
    council = given.get(Party.COUNCIL)
    officer = council.name if council else view.signed_off_by or view.summary.officer
    at = moment(council.at if council else signed, subject.zone)
    cells = [
        [
            *_drawn(council),
            _line(),
            Paragraph(_named(officer, translate("for the council")), BODY),
            Paragraph(at, SMALL),
        ],
        "",
        _provider(subject, given.get(Party.PROVIDER)),
    ]
    style = [*NO_PADDING, ("VALIGN", (0, 0), (-1, -1), "BOTTOM")]
    both = Layout([cells], colWidths=[_HALF, _GAP, _HALF], style=TableStyle(style))
    last = [both, Spacer(0, 5), Paragraph(_reply(subject), BODY), Spacer(0, 2)]
    return [KeepTogether([*part(translate("Signed")), *last, *_receipt(subject)])]


def _provider(subject: Subject, given: Signature | None) -> list[Flowable]:
    """The provider's signature, or a line for one in ink."""
    note = translate("Signing is not agreeing.")
    if given is None:
        who = translate("For the provider: name, signature and day")
        return [Spacer(0, 26), _line(), Paragraph(who, BODY), Paragraph(note, SMALL)]
    at = f"{moment(given.at, subject.zone)}. {note}"
    who = _named(given.name, translate("for the provider"))
    return [*_drawn(given), _line(), Paragraph(who, BODY), Paragraph(at, SMALL)]


def _drawn(given: Signature | None) -> list[Flowable]:
    """What stands above the line: a drawing, or room."""
    if given is None or not given.strokes:
        return [Spacer(0, 26)]
    shows = translate("Signature of {name}", name=plain(given.name))
    return [DrawnSignature(given.strokes, _DRAWN, alternative=shows)]


def _named(name: str, whom: str) -> str:
    return f"<b>{safe(name)}</b>, {whom}"


def _line() -> Layout:
    style = [*NO_PADDING, ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK)]
    return Layout([[""]], colWidths=[_HALF], rowHeights=[3], style=TableStyle(style))


def _reply(subject: Subject) -> str:
    """How long a provider can say that a fact is wrong, counted from sign-off."""
    signed = subject.view.summary.signed_off_at
    assert signed is not None
    until = signed.astimezone(subject.zone).date() + timedelta(subject.view.paper.reply_days)
    told = translate(
        "If a fact in this report is wrong, tell us by {weekday} {day}. What you write is kept "
        "with the report.",
        weekday=weekday(until),
        day=long_day(until),
    )
    return f"<b>{translate('Your right to reply.')}</b> {told}"


def _receipt(subject: Subject) -> list[Flowable]:
    receipt = receipt_of(subject.view, subject.form)
    if not receipt:
        return []
    told = translate(
        "Receipt {receipt}. To check it: visitapp report verify. The whole of it is on the last "
        "page.",
        receipt=grouped(receipt[:_SHORT_RECEIPT]),
    )
    return [Paragraph(told, SMALL)]
