"""What earlier signed-off visits of a setting recorded, question by question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.compare.steps import measured_differently
from forms.model import Form, Question
from forms.rating.answers import is_answered, relevant_questions, scale_value
from visitapp.errors import Refused
from visitapp.records import Action, Answer, Evidence, Visit
from visitapp.services.actions.queries import action_views
from visitapp.services.views.actions import ActionView
from visitapp.services.views.visits import LastTime
from visitapp.services.visits.answers.answers import answer_view, plain_answer, plain_answers
from visitapp.services.visits.summaries import earlier_visits
from visitapp.services.wording import answer_text

LOOK_BACK = 24
"""Visits looked at for repeat findings: two years of monthly ones."""


class Earlier(NamedTuple):
    """A signed-off visit before this one, with the form it was made on, what was answered, and
    which questions were asked."""

    visit: Visit
    form: Form
    answers: dict[str, Answer]
    asked: set[str]


def last_time(
    session: Session, today: date, form: Form, earlier: Sequence[Earlier]
) -> dict[str, LastTime]:
    """What was recorded when each question was last answered, and how often in a row below best.

    A visit that did not ask a question, such as an audit on another form, is passed over.
    `earlier` goes from the newest back.
    """
    held = {name: one for name in form.questions if (one := _last_answered(name, earlier))}
    visits = {one.visit.id for one in held.values()}
    evidence, actions = _evidence(session, visits), _actions(session, today, visits)
    return {
        name: LastTime(
            visited_on=one.visit.visited_on,
            answer=answer_view(name, one.answers[name]),
            label=answer_text(one.form.questions[name], plain_answer(one.answers[name])),
            times_below=_times_below(name, earlier),
            evidence=evidence[one.visit.id, name],
            actions=actions[one.visit.id, name],
            measured_differently=measured_differently(
                one.form.questions[name], form.questions[name]
            ),
        )
        for name, one in held.items()
    }


def _last_answered(question_id: str, earlier: Sequence[Earlier]) -> Earlier | None:
    for one in earlier:
        row = one.answers.get(question_id) if question_id in one.asked else None
        if row is not None and is_answered(one.form.questions[question_id], plain_answer(row)):
            return one
    return None


def _evidence(
    session: Session, visit_ids: Collection[str]
) -> defaultdict[tuple[str, str], list[str]]:
    """The titles of what supported the answers, by visit and question."""
    rows = session.execute(
        select(Evidence.visit_id, Evidence.question, Evidence.title)
        .where(Evidence.visit_id.in_(visit_ids), Evidence.deleted.is_(False))
        .order_by(Evidence.id)
    )
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for visit_id, question, title in rows:
        found[visit_id or "", question].append(title)
    return found


def _actions(
    session: Session, today: date, visit_ids: Collection[str]
) -> defaultdict[tuple[str, str], list[ActionView]]:
    """The actions that the answers led to, as they are now, by visit and question."""
    found: defaultdict[tuple[str, str], list[ActionView]] = defaultdict(list)
    for action in action_views(session, today, Action.visit_id.in_(visit_ids)):
        found[action.visit_id or "", action.question].append(action)
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
        sheet = answers[one.id]
        asked = relevant_questions(form, plain_answers(sheet), one.facts)
        found.append(Earlier(one, form, sheet, asked))
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
    """How many visits in a row, of those that asked, found less than the scale's best."""
    count = 0
    for one in earlier:
        if question_id not in one.asked:
            continue
        row = one.answers.get(question_id)
        if row is None or not _is_below(one.form.questions[question_id], row):
            break
        count += 1
    return count


def _is_below(question: Question, row: Answer) -> bool:
    found = scale_value(question, plain_answer(row))
    best = question.scale.best if question.scale else None
    if found is None or found.score is None or best is None or best.score is None:
        return False
    return found.score < best.score
