"""Since last time: which answers got worse or better, and which findings came back."""

from __future__ import annotations

from typing import NamedTuple

from reportlab.platypus import Flowable

from forms.model import Question, ScaleValue
from visitapp.reports.paper.layout import bullets, heading, subheading
from visitapp.reports.paper.shapes import RAG_WORD
from visitapp.reports.paper.styles import BODY
from visitapp.reports.paper.text import counted, day, listed, safe
from visitapp.reports.tagged.flowables import Paragraph
from visitapp.reports.visit.subject import Subject

FIRST = {
    "visit": "This is the first signed-off visit to this setting on record.",
    "assessment": "This is the first signed-off assessment of this setting by this model.",
}


class _Moves(NamedTuple):
    worse: list[Question]
    better: list[Question]
    same: int


def since(subject: Subject) -> list[Flowable]:
    """The summary of what moved since the visit before, worst first."""
    story = heading("Since last time")
    if subject.view.previous_visit_on is None:
        return [*story, Paragraph(FIRST[subject.what], BODY)]
    moves = _moves(subject)
    story.append(Paragraph(_summary(subject, moves), BODY))
    left = [subject.form.questions[name] for name in subject.view.not_checked_last_time]
    if left:
        story += [*subheading("Not checked last time"), *bullets(_left(subject, left))]
    repeats = [question for question in _asked(subject) if subject.repeated(question)]
    if repeats:
        story += [*subheading("Findings that came back"), *bullets(_repeats(subject, repeats))]
    if moves.worse:
        story += [*subheading("Worse than last time"), *bullets(_lines(subject, moves.worse))]
    if moves.better:
        story += [*subheading("Better than last time"), *bullets(_lines(subject, moves.better))]
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
    what = subject.what
    opening = f"The {what} before was on {day(previous)}" if previous else "There was one before"
    if before in RAG_WORD:
        opening += f" and was {RAG_WORD[before]}; this one is {now}"
    if not (moves.worse or moves.better or moves.same):
        return f"{opening}. It asked other questions, so no answers can be compared."
    counts = listed(
        [
            f"{counted(len(moves.worse), 'answer')} got worse",
            f"{len(moves.better)} got better",
            f"{moves.same} stayed the same",
        ]
    )
    return f"{opening}. Of the answers that can be compared, {counts}."


def _repeats(subject: Subject, questions: list[Question]) -> list[str]:
    return [
        f"<b>{counted(subject.repeated(question), subject.what)} in a row</b>, "
        f"{question.number} {safe(question.ask)}"
        for question in questions
    ]


def _left(subject: Subject, questions: list[Question]) -> list[str]:
    """What became of each question that was left last time."""
    return [
        f"{question.number} {safe(question.ask)} <b>{_now(subject, question)}</b>"
        for question in questions
    ]


def _now(subject: Subject, question: Question) -> str:
    if not subject.relevant(question):
        return "Does not apply now"
    given = subject.given(question)
    if given is None:
        return "Answered now" if subject.answered(question) else "Still not answered"
    return f"Still: {safe(given.label)}" if given.unchecked else f"Now: {safe(given.label)}"


def _lines(subject: Subject, questions: list[Question]) -> list[str]:
    return [
        f"{question.number} {safe(question.ask)} {_label(subject.last_given(question))} \u2192 "
        f"<b>{_label(subject.given(question))}</b>{_measured(subject, question)}"
        for question in questions
    ]


def _measured(subject: Subject, question: Question) -> str:
    """The answer of then is placed on the steps of now, which then were others."""
    last = subject.last(question)
    return " (measured differently)" if last is not None and last.measured_differently else ""


def _label(value: ScaleValue | None) -> str:
    return "Not answered" if value is None else safe(value.label)


def _asked(subject: Subject) -> list[Question]:
    return [question for question in subject.form.questions.values() if subject.relevant(question)]
