"""What earlier visits left unchecked, so that the next one plans for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from forms.model import Form, Question
from forms.rating.answers import is_answered, scale_value
from visitapp.records import Purpose, Visit, new_id
from visitapp.services.context import Desk
from visitapp.services.visits.answers.answers import Plain, plain_answers
from visitapp.services.visits.answers.previous_answers import Earlier, earlier_answers


def not_checked_last_time(form: Form, earlier: Sequence[Earlier]) -> list[str]:
    """The questions of a form that were left when a visit last asked them, in form order.

    Left is Not checked, or without an answer although it counts or was required. A visit on another
    form in between, such as an audit, asks other questions and so takes nothing off the list.
    `earlier` are the signed-off visits before, newest first.
    """
    waiting = set(form.questions)
    left: set[str] = set()
    for visit in earlier:
        answers, asked = plain_answers(visit.answers), visit.asked & waiting
        left |= {name for name in asked if _is_left(visit.form.questions[name], answers)}
        waiting -= asked
    return [name for name in form.questions if name in left]


def planned(session: Session, desk: Desk, setting_id: str, form: Form, day: date) -> list[str]:
    """What a visit on `day` would have to check, as it was left before: `1.4 Is the roof sound?`"""
    next_one = Visit(
        id=new_id(),
        setting_id=setting_id,
        form_id=form.id,
        form_version=form.version,
        purpose=Purpose.ANNUAL,
        visited_on=day,
    )
    left = not_checked_last_time(form, earlier_answers(session, desk.form_of, next_one))
    return [f"{form.questions[name].number} {form.questions[name].ask}" for name in left]


def _is_left(question: Question, answers: Plain) -> bool:
    answer = answers.get(question.id)
    if not is_answered(question, answer):
        return question.required or (question.scale is not None and question.weight > 0)
    found = scale_value(question, answer)
    return found is not None and found.unchecked
