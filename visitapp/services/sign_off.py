"""Sign a visit off: freeze it with its facts and outcome, and let its rating stand."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from forms.model import Form
from forms.outcome import Outcome
from visitapp.errors import Code, Refused
from visitapp.records import Rating, Visit, VisitStatus
from visitapp.rules.visit_life import missing_sentence
from visitapp.services.answering import plain_answers, read_sheet
from visitapp.services.judging import judge
from visitapp.services.views import Need
from visitapp.services.visit_rows import UNRATED


def sign_off(session: Session, visit: Visit, form: Form, user_id: str, now: datetime) -> None:
    """Sign an open visit off in the session's transaction.

    Raises Refused(VISIT_INCOMPLETE) naming by number what is missing.
    """
    standing = judge(session, visit, form, plain_answers(read_sheet(session, visit.id)))
    if standing.needs:
        raise Refused(Code.VISIT_INCOMPLETE, _missing(form, standing.needs))
    visit.status = VisitStatus.SIGNED_OFF
    visit.facts = standing.facts
    visit.outcome = msgspec.to_builtins(standing.outcome)
    visit.signed_off_at = now
    visit.signed_off_by = user_id
    if standing.outcome.overall != UNRATED:
        session.add(_rating(visit, standing.outcome, now))


def _missing(form: Form, needs: list[Need]) -> str:
    named = [(form.questions[need.question].number, need.what) for need in needs]
    return f"This visit cannot be signed off yet, because {missing_sentence(named)}"


def _rating(visit: Visit, outcome: Outcome, now: datetime) -> Rating:
    """The rating that stands from now on, with the first reason that gave it."""
    return Rating(
        setting_id=visit.setting_id,
        visit_id=visit.id,
        rag=outcome.overall,
        percent=outcome.percent,
        provisional=outcome.provisional,
        reason=outcome.because[0].text if outcome.because else "",
        since=now,
    )
