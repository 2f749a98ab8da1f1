"""What the previous signed-off visits of a setting recorded, question by question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.answers import is_answered, scale_value
from forms.model import Form, Question
from visitapp.errors import Refused
from visitapp.records import Answer, Visit
from visitapp.services.answering import answer_view, plain_answer
from visitapp.services.visit_rows import earlier_visits
from visitapp.services.visit_views import LastTime
from visitapp.services.wording import answer_text

LOOK_BACK = 24
"""Visits looked at for repeat findings: two years of monthly ones."""


class Earlier(NamedTuple):
    """A signed-off visit before this one, with the form it was made on and what was answered."""

    visit: Visit
    form: Form
    answers: dict[str, Answer]


def last_time(form: Form, earlier: Sequence[Earlier]) -> dict[str, LastTime]:
    """What the visit before answered to each question, and how often in a row below best."""
    if not earlier:
        return {}
    previous = earlier[0]
    found = {}
    for question_id in form.questions:
        row = previous.answers.get(question_id)
        question = previous.form.questions.get(question_id)
        if row is None or question is None or not is_answered(question, plain_answer(row)):
            continue
        found[question_id] = LastTime(
            visited_on=previous.visit.visited_on,
            answer=answer_view(question_id, row),
            label=answer_text(question, plain_answer(row)),
            times_below=_times_below(question_id, earlier),
        )
    return found


def earlier_answers(
    session: Session, form_of: Callable[[Visit], Form], visit: Visit
) -> list[Earlier]:
    """Earlier visits whose form this device has, newest first, each with its answers."""
    visits = session.scalars(earlier_visits(visit).limit(LOOK_BACK)).all()
    answers = _answers_by_visit(session, [earlier.id for earlier in visits])
    found = []
    for one in visits:
        try:
            form = form_of(one)
        except Refused:
            continue
        found.append(Earlier(one, form, answers[one.id]))
    return found


def _answers_by_visit(
    session: Session, visit_ids: Sequence[str]
) -> defaultdict[str, dict[str, Answer]]:
    rows = session.scalars(
        select(Answer).where(
            Answer.visit_id.in_(visit_ids), Answer.item == "", Answer.deleted.is_(False)
        )
    )
    answers: defaultdict[str, dict[str, Answer]] = defaultdict(dict)
    for row in rows:
        answers[row.visit_id][row.question] = row
    return answers


def _times_below(question_id: str, earlier: Sequence[Earlier]) -> int:
    """How many visits in a row, from the previous one back, found less than the scale's best."""
    count = 0
    for visit in earlier:
        question, row = visit.form.questions.get(question_id), visit.answers.get(question_id)
        if question is None or row is None or not _is_below(question, row):
            break
        count += 1
    return count


def _is_below(question: Question, row: Answer) -> bool:
    found = scale_value(question, plain_answer(row))
    best = question.scale.best if question.scale else None
    if found is None or found.score is None or best is None or best.score is None:
        return False
    return found.score < best.score
