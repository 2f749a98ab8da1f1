"""Confirming that an answer is as the last visit recorded it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from forms.model import Form, Question
from forms.rating.answers import scale_value
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Visit
from visitapp.rules.visiting.confirmed import UNCHANGING
from visitapp.services.context import Desk
from visitapp.services.views.visits import LastTime
from visitapp.services.visits.answers.previous_answers import earlier_answers, last_time


def is_confirmable(question: Question, last: LastTime | None) -> bool:
    """Whether what was recorded last time can be confirmed as unchanged: something was found, it is
    measured as it was, and it is no figure that each visit takes again."""
    if last is None or last.measured_differently or question.type not in UNCHANGING:
        return False
    value = scale_value(question, {"value": last.answer.value})
    return last.answer.value is not None and not (value is not None and value.unchecked)


def require_unchanged(
    session: Session, desk: Desk, visit: Visit, form: Form, question: str, given: Mapping[str, Any]
) -> None:
    """Refuse (BAD_VALUE) a confirmation of what the last visit that answered did not record."""
    if given.get("confirmed_from") is None or question not in form.questions:
        return
    earlier = earlier_answers(session, desk.form_of, visit)
    last = last_time(session, desk.today(), form, earlier).get(question)
    if (
        last is None
        or not is_confirmable(form.questions[question], last)
        or (last.visited_on, last.answer.value) != (given["confirmed_from"], given.get("value"))
    ):
        raise Refused(
            Code.BAD_VALUE,
            message("This is not what the last visit recorded, so it cannot be confirmed."),
            message("Choose the answer instead."),
        )
