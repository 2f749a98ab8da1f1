"""What the records filled in, and what officers put in its place: both are shown for ever."""

from __future__ import annotations

from forms.model import Form
from visitapp.records import Answer
from visitapp.services.views.risk import FilledAnswer, Override
from visitapp.services.visits.answers.answers import (
    AnswersByQuestion,
    is_overridden,
    said_by_records,
)


def filled_answers(form: Form, sheet: AnswersByQuestion) -> list[FilledAnswer]:
    """Every answer that the records gave, in form order, those overridden too."""
    return [filled for row in _rows(form, sheet) if (filled := _filled(row)) is not None]


def overrides(form: Form, sheet: AnswersByQuestion) -> list[Override]:
    """Every answer of an officer that stands in place of the records', in form order."""
    return [override for row in _rows(form, sheet) if (override := _override(row)) is not None]


def _rows(form: Form, sheet: AnswersByQuestion) -> list[Answer]:
    return [sheet[question] for question in form.questions if question in sheet]


def _filled(row: Answer) -> FilledAnswer | None:
    said = said_by_records(row)
    if said is None:
        return None
    return FilledAnswer(question=row.question, value=said.value, origin=said.origin, at=said.at)


def _override(row: Answer) -> Override | None:
    said = _filled(row)
    if said is None or not is_overridden(row) or row.value is None:
        return None
    return Override(question=row.question, value=row.value, reason=row.reason or "", filled=said)
