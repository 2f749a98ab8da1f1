"""Since last time: which answers got worse or better, and which findings came back."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from reportlab.platypus import Flowable

from forms.model import Question, ScaleValue
from visitapp.dates import long_day
from visitapp.language import both, message, plural, translate
from visitapp.reports.paper.layout import bullets, heading, subheading
from visitapp.reports.paper.styles import BODY
from visitapp.reports.paper.text import safe
from visitapp.reports.tagged.flowables import Paragraph
from visitapp.reports.visit.subject import Subject
from visitapp.rules.choices import Rag
from visitapp.vocabulary import choice_word

FIRST = {
    "visit": message("This is the first signed-off visit to this setting on record."),
    "assessment": message("This is the first signed-off assessment of this setting by this model."),
}


class _Moves(NamedTuple):
    worse: list[Question]
    better: list[Question]
    same: int


def since(subject: Subject) -> list[Flowable]:
    """The summary of what moved since the visit before, worst first."""
    story = heading(translate("Since last time"))
    if subject.view.previous_visit_on is None:
        return [*story, Paragraph(str(FIRST[subject.what]), BODY)]
    moves = _moves(subject)
    story.append(Paragraph(_summary(subject, moves), BODY))
    left = [subject.form.questions[name] for name in subject.view.not_checked_last_time]
    if left:
        story += [*subheading(translate("Not checked last time")), *bullets(_left(subject, left))]
    repeats = [question for question in _asked(subject) if subject.repeated(question)]
    if repeats:
        story += [
            *subheading(translate("Findings that came back")),
            *bullets(_repeats(subject, repeats)),
        ]
    if moves.worse:
        story += [
            *subheading(translate("Worse than last time")),
            *bullets(_lines(subject, moves.worse)),
        ]
    if moves.better:
        story += [
            *subheading(translate("Better than last time")),
            *bullets(_lines(subject, moves.better)),
        ]
    return story


def _moves(subject: Subject) -> _Moves:
    worse, better, same = [], [], 0
    for question in _asked(subject):
        now, before = subject.given(question), subject.last_given(question)
        if now is None or before is None or now.score is None or before.score is None:
            continue
        if now.score < before.score:
            worse.append(question)
        elif now.score > before.score:
            better.append(question)
        else:
            same += 1
    return _Moves(worse, better, same)


def _summary(subject: Subject, moves: _Moves) -> str:
    previous = subject.view.previous_visit_on
    before = subject.view.summary.previous_rag
    outcome = subject.view.outcome
    now = subject.graded(outcome.overall, outcome.level)
    opening = _before(subject, previous)
    if before in set(Rag) and not subject.view.hidden:
        was = choice_word(Rag, before)
        opening += " " + translate("It was {before}; this one is {now}.", before=was, now=now)
    if not (moves.worse or moves.better or moves.same):
        other = translate("It asked other questions, so no answers can be compared.")
        return f"{opening} {other}"
    counts = [
        plural("{n} answer got worse", "{n} answers got worse", len(moves.worse)),
        plural("{n} got better", "{n} got better", len(moves.better)),
        plural("{n} stayed the same", "{n} stayed the same", moves.same),
    ]
    compared = translate("Of the answers that can be compared, {counts}.", counts=both(counts))
    return f"{opening} {compared}"


def _before(subject: Subject, previous: date | None) -> str:
    if previous is None:
        return translate("There was a previous one.")
    day = long_day(previous)
    if subject.what == "visit":
        return translate("The previous visit was on {day}.", day=day)
    return translate("The previous assessment was on {day}.", day=day)


def _repeats(subject: Subject, questions: list[Question]) -> list[str]:
    return [
        f"<b>{_in_a_row(subject, question)}</b>, {question.number} {safe(question.ask)}"
        for question in questions
    ]


def _in_a_row(subject: Subject, question: Question) -> str:
    times = subject.repeated(question)
    if subject.what == "visit":
        return plural("{n} visit in a row", "{n} visits in a row", times)
    return plural("{n} assessment in a row", "{n} assessments in a row", times)


def _left(subject: Subject, questions: list[Question]) -> list[str]:
    """What became of each question that was left last time."""
    return [
        f"{question.number} {safe(question.ask)} <b>{_now(subject, question)}</b>"
        for question in questions
    ]


def _now(subject: Subject, question: Question) -> str:
    if not subject.relevant(question):
        return translate("Does not apply now")
    given = subject.given(question)
    if given is None:
        return (
            translate("Answered now")
            if subject.answered(question)
            else translate("Still not answered")
        )
    label = safe(given.label)
    if given.unchecked:
        return translate("Still: {label}", label=label)
    return translate("Now: {label}", label=label)


def _lines(subject: Subject, questions: list[Question]) -> list[str]:
    return [
        f"{question.number} {safe(question.ask)} {_label(subject.last_given(question))} \u2192 "
        f"<b>{_label(subject.given(question))}</b>{_measured(subject, question)}"
        for question in questions
    ]


def _measured(subject: Subject, question: Question) -> str:
    """The answer of then is placed on the steps of now, which then were others."""
    last = subject.last(question)
    differs = last is not None and last.measured_differently
    return f" ({translate('measured differently')})" if differs else ""


def _label(value: ScaleValue | None) -> str:
    return translate("Not answered") if value is None else safe(value.label)


def _asked(subject: Subject) -> list[Question]:
    return [question for question in subject.form.questions.values() if subject.relevant(question)]
