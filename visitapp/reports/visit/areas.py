"""Each area with its rating, its questions, and what was recorded for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct
from reportlab.platypus import Flowable, Spacer, TableStyle

from forms.model import Area, Question
from forms.rating.answers import scale_value
from visitapp.dates import long_day, short_day
from visitapp.language import translate
from visitapp.reports.paper.layout import heading, typed
from visitapp.reports.paper.paper import Heading
from visitapp.reports.paper.shapes import Pill
from visitapp.reports.paper.styles import (
    AREA,
    AREA_NUMBER,
    BODY,
    LINE,
    NUMBER,
    RIGHT,
    SMALL,
    STRONG,
    VALUE,
    WASH,
    WIDTH,
)
from visitapp.reports.paper.text import FORM_LANGUAGE, safe
from visitapp.reports.tagged.flowables import Layout, Paragraph
from visitapp.reports.visit.subject import Subject, best_of, people_words, sample_words
from visitapp.rules.choices import ActionStatus, EvidenceKind
from visitapp.services.views.visits import AnswerView
from visitapp.services.visits.answers.repeat_findings import ordinal
from visitapp.services.wording import answer_text
from visitapp.vocabulary import choice_word

_NUMBER_WIDTH = 40.0
_MARK_WIDTH = 130.0
_TEXT_WIDTH = WIDTH - _NUMBER_WIDTH - _MARK_WIDTH
_INNER = _TEXT_WIDTH - 12
_BESIDE = 60.0
"""Points of text that may stand beside an answer's mark, in a row that a page never cuts."""


class _Block(Struct, frozen=True):
    """The rows of one question: the head with its mark, then a row for each piece of text."""

    rows: list[list[Any]]


def areas(subject: Subject) -> list[Flowable]:
    """Every area as a table whose head, with the area's rating, is repeated on each page."""
    story = heading(translate("What was found"))
    for area in subject.form.areas:
        story += [_table(subject, area), Spacer(0, 16)]
    return story


def _table(subject: Subject, area: Area) -> Layout:
    blocks, set_aside = _blocks(subject, area)
    rows: list[list[Any]] = [_head(subject, area)]
    style: list[tuple[Any, ...]] = list(_STYLE)
    for block in blocks:
        first = len(rows)
        rows += block.rows
        last = len(rows) - 1
        style += [
            ("TOPPADDING", (0, first), (-1, first), 8),
            ("BOTTOMPADDING", (0, last), (-1, last), 8),
            ("LINEBELOW", (0, last), (-1, last), 0.6, LINE),
            ("NOSPLIT", (0, first), (-1, min(first + 1, last))),
        ]
    if set_aside:
        text = translate(
            "Does not apply here, so it was not asked: {numbers}.", numbers=", ".join(set_aside)
        )
        rows.append(["", Paragraph(text, SMALL), ""])
        end = len(rows) - 1
        style += [
            ("TOPPADDING", (0, end), (-1, end), 8),
            ("NOSPLIT", (0, end - 1), (-1, end)),
        ]
    widths = [_NUMBER_WIDTH, _TEXT_WIDTH, _MARK_WIDTH]
    return Layout(rows, colWidths=widths, repeatRows=1, style=TableStyle(style))


_STYLE = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
    ("BACKGROUND", (0, 0), (-1, 0), WASH),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("LEFTPADDING", (0, 0), (0, -1), 8),
    ("RIGHTPADDING", (0, 0), (-1, -1), 8),
    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ("TOPPADDING", (0, 0), (-1, 0), 7),
    ("BOTTOMPADDING", (0, 0), (-1, 0), 7),
    ("LINEBELOW", (0, 0), (-1, 0), 0.6, LINE),
)


def _head(subject: Subject, area: Area) -> list[Any]:
    found = subject.area(area)
    entry = f"{area.number} {area.title}"
    title: list[Flowable] = [
        Heading(safe(area.title), AREA, entry=entry, level=1, language=FORM_LANGUAGE)
    ]
    if area.critical:
        title.append(
            Paragraph(translate("Critical: if this area is Red, the outcome is Red"), SMALL)
        )
    if area.owner:
        owner = subject.form.owners.get(area.owner, area.owner)
        title.append(Paragraph(translate("Filled in by {owner}", owner=safe(owner)), SMALL))
    if subject.view.hidden:
        return [Paragraph(str(area.number), AREA_NUMBER), title, []]
    checked = translate("{coverage}% checked", coverage=found.coverage)
    if found.percent is not None:
        checked = f"{found.percent}% \u00b7 {checked}"
    mark = [
        Pill(subject.graded(found.rag, found.level), found.rag, right=True),
        Spacer(0, 2),
        Paragraph(checked, RIGHT),
    ]
    return [Paragraph(str(area.number), AREA_NUMBER), title, mark]


def _blocks(subject: Subject, area: Area) -> tuple[list[_Block], list[str]]:
    """The questions to print, and the numbers of those that do not apply and hold nothing."""
    blocks, set_aside = [], []
    for question in area.questions:
        if subject.relevant(question) or subject.answer(question) is not None:
            blocks.append(_block(subject, question))
        else:
            set_aside.append(question.number)
    return blocks, set_aside


def _block(subject: Subject, question: Question) -> _Block:
    """The question with the text that stands beside its mark, then a row for each further piece."""
    beside: list[Flowable] = [Paragraph(safe(question.ask), STRONG, language=FORM_LANGUAGE)]
    details = _details(subject, question)
    room = _BESIDE
    while details and room > 0:
        room -= details[0].wrap(_INNER, 10_000)[1]
        beside += [Spacer(0, 2), details.pop(0)]
    first = [Paragraph(question.number, NUMBER), beside, _mark(subject, question)]
    return _Block([first, *(["", piece, ""] for piece in details)])


def _mark(subject: Subject, question: Question) -> list[Flowable]:
    """The answer's shape and label, with the label of the visit before under it."""
    mark: list[Flowable] = []
    shown = subject.shown(question)
    if shown is not None:
        labels = [value.label for value in question.scale.values] if question.scale else []
        language = FORM_LANGUAGE if shown.label in labels else ""
        mark.append(Pill(shown.label, shown.rag, right=True, language=language))
    before = subject.last(question)
    if before is not None and question.scale is not None:
        was = f"{short_day(before.visited_on)}: {before.label}"
        mark += [Spacer(0, 2), Paragraph(safe(was), RIGHT)]
    return mark


def _details(subject: Subject, question: Question) -> list[Flowable]:
    answer = subject.answer(question)
    pieces: list[Flowable] = []
    if answer is not None:
        pieces += _recorded(question, answer)
        pieces += _marks(answer)
        pieces += typed(answer.note, BODY, _INNER)
        pieces += typed(answer.reason, BODY, _INNER, lead=f"<b>{translate('Reason:')}</b> ")
    pieces += [*_from_records(subject, question), *_evidence(subject, question)]
    return pieces + _last_time(subject, question)


def _recorded(question: Question, answer: AnswerView) -> list[Flowable]:
    """The answer itself, when a mark alone does not say it."""
    if question.type == "sample" and answer.checked is not None:
        sample = sample_words(answer.checked, answer.met or 0)
        return [
            Paragraph(
                translate("Sample: {sample} met the standard", sample=f"<b>{sample}</b>"), SMALL
            )
        ]
    value = answer.value
    if value is None or _is_label(question, value):
        return []
    if question.type == "people" and isinstance(value, dict):
        return typed(people_words(value) or translate("Nobody"), VALUE, _INNER)
    if question.type == "date" and isinstance(value, str):
        return typed(long_day(date.fromisoformat(value)), VALUE, _INNER)
    if question.type == "percent":
        return typed(f"{value}%", VALUE, _INNER)
    return typed(_measured(value, question.unit), VALUE, _INNER)


def _marks(answer: AnswerView) -> list[Flowable]:
    """That it was found unchanged since an earlier visit, and that it is good practice."""
    marks = []
    if answer.confirmed_from is not None:
        day = short_day(answer.confirmed_from)
        marks.append(translate("Confirmed unchanged since {day}.", day=day))
    if answer.good_practice:
        marks.append(f"<b>{translate('Good practice.')}</b>")
    return [Paragraph(" ".join(marks), SMALL)] if marks else []


def _is_label(question: Question, value: object) -> bool:
    """Whether the value has a label, which the mark beside the question says."""
    return isinstance(value, str) and scale_value(question, {"value": value}) is not None


def _measured(value: object, unit: str) -> str:
    """`5 minutes`, `1 minute`, `42`."""
    return f"{value} {unit.removesuffix('s') if value == 1 else unit}"


def _from_records(subject: Subject, question: Question) -> list[Flowable]:
    """What the records said, where from and when; for ever, also where it was overridden."""
    filled, answer = subject.filled(question), subject.answer(question)
    if filled is None:
        return []
    at = filled.at.astimezone(subject.zone).date() if isinstance(filled.at, datetime) else filled.at
    lead = translate("From the records, as of {day}:", day=short_day(at))
    if answer is not None and answer.value != filled.value:
        said = safe(answer_text(question, {"value": filled.value}))
        said = translate("The records say {said}, as of {day}:", said=said, day=short_day(at))
        lead = f"<b>{translate('Overridden.')}</b> {said}"
    return typed(filled.origin, SMALL, _INNER, lead=f"{lead} ")


def _evidence(subject: Subject, question: Question) -> list[Flowable]:
    held = [piece for piece in subject.view.evidence if piece.question == question.id]
    if not held:
        return []
    text = "; ".join(
        f"{choice_word(EvidenceKind, piece.kind).lower()}, {piece.title}" for piece in held
    )
    return typed(text, SMALL, _INNER, lead=translate("Evidence:") + " ")


def _last_time(subject: Subject, question: Question) -> list[Flowable]:
    """What was written when it was last answered, what came of it, and whether it came back."""
    last = subject.last(question)
    if last is None:
        return []
    lead = translate("On {day}:", day=short_day(last.visited_on)) + " "
    pieces = [] if question.scale is not None else typed(last.label, SMALL, _INNER, lead=lead)
    pieces += typed(last.answer.note, SMALL, _INNER, lead=lead)
    pieces += typed("; ".join(last.evidence), SMALL, _INNER, lead=translate("Evidence then:") + " ")
    for action in last.actions:
        text = translate(
            "{title}. {status}, due {day}.",
            title=action.title.rstrip("."),
            status=choice_word(ActionStatus, action.status),
            day=short_day(action.due_on),
        )
        pieces += typed(text, SMALL, _INNER, lead=translate("Action then:") + " ")
    times, best = subject.repeated(question), best_of(question)
    if times and best is not None:
        pieces.append(Paragraph(f"<b>{_in_a_row(subject, times, best.label)}</b>", SMALL))
    return pieces


def _in_a_row(subject: Subject, times: int, best: str) -> str:
    nth, best = ordinal(times), safe(best)
    if subject.what == "visit":
        return translate("{nth} visit in a row below {best}.", nth=nth, best=best)
    return translate("{nth} assessment in a row below {best}.", nth=nth, best=best)
