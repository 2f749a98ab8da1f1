"""Visits made blind: the outcome is hidden until every question is answered.

A colour that shows too early pulls the answers still to come towards it. Once all is answered the
outcome stays in view, and the history of the visit says from when.
"""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy.orm import Session

from forms.model import Form
from forms.rating.answers import is_answered, relevant_questions
from forms.rating.outcome import Outcome
from visitapp.errors import Code, Refused
from visitapp.language import message, plural, translate
from visitapp.records import Rag, Visit
from visitapp.services.context import Desk
from visitapp.services.visits.answers.answers import AnswersByQuestion, plain_answers
from visitapp.services.visits.assessment import (
    Assessment,
    assess,
    facts_now,
    is_complete,
    missing_now,
)
from visitapp.services.visits.joint import require_own_sign_off, why_not_mine_to_sign
from visitapp.standing.setting_facts import Facts


def hidden_outcome(outcome: Outcome) -> Outcome:
    """The outcome without anything that says how the visit will be rated: what is left is how much
    is answered."""
    return replace(
        outcome,
        overall=Rag.UNRATED.value,
        percent=None,
        provisional=False,
        areas=[],
        because=[],
        also=[],
        would_change=[],
        level="",
        results=[],
    )


def shown_outcome(standing: Assessment) -> Outcome:
    """The outcome as people may see it now."""
    return hidden_outcome(standing.outcome) if standing.hidden else standing.outcome


def keep_revealed(
    session: Session, desk: Desk, visit: Visit, form: Form, sheet: AnswersByQuestion
) -> None:
    """Record that all is answered, before an answer is taken back or after the last one is given.

    Those who joined leave it to the visit's officer, who alone writes the visit.
    """
    if not visit.blind or visit.revealed:
        return
    if why_not_mine_to_sign(session, visit, desk.user(session)) is None:
        facts = facts_now(session, visit.setting_id, visit.visited_on)
        missing = missing_now(session, visit, form, plain_answers(sheet), facts)
        visit.revealed = is_complete(missing)


def hide(session: Session, desk: Desk, visit: Visit, form: Form, sheet: AnswersByQuestion) -> None:
    """Hide the outcome from now on. Raises Refused BAD_VALUE when all is answered, or the form is
    of another kind; NotAllowed for one who only joined the visit."""
    require_own_sign_off(session, visit, desk.user(session))
    if form.kind != "visit":
        raise Refused(Code.BAD_VALUE, message("Only the outcome of a visit can be hidden."))
    visit.blind, visit.revealed = True, False
    standing = assess(session, visit, form, plain_answers(sheet))
    if not standing.hidden:
        raise Refused(
            Code.BAD_VALUE,
            message("Every question is answered, so the outcome stays in view."),
        )
    visit.answered_before = _answered(form, sheet, standing.facts)


def show(session: Session, desk: Desk, visit: Visit) -> None:
    """Show the outcome although questions are open. Raises as `hide`."""
    require_own_sign_off(session, visit, desk.user(session))
    visit.blind, visit.revealed, visit.answered_before = False, False, 0


def _answered(form: Form, sheet: AnswersByQuestion, facts: Facts) -> int:
    answers = plain_answers(sheet)
    asked = relevant_questions(form, answers, facts)
    return sum(is_answered(form.questions[name], answers.get(name)) for name in asked)


def hidden_line() -> str:
    """What stands in place of a hidden outcome."""
    return translate("The outcome is hidden until all questions are answered.")


def revealed_line(answered: int, asked: int) -> str:
    """What stands with an outcome that is hidden no more; those left need no answer."""
    if answered < asked:
        return translate("Every question that needs an answer is answered.")
    return translate("All {n} questions are answered.", n=answered)


def method_line(answered_before: int) -> str:
    """What the report says of a visit that was made blind."""
    if not answered_before:
        return translate("The outcome was hidden until all questions were answered.")
    return plural(
        "The outcome was hidden after the first answer, until all questions were answered.",
        "The outcome was hidden after the first {n} answers, until all questions were answered.",
        answered_before,
    )
