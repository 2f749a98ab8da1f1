"""Sign a visit off: freeze it with its facts and outcome, and let its rating stand."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from forms.model import Form
from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import Visit, VisitStatus
from visitapp.rules.visit_life import missing_needs
from visitapp.services.context import Desk
from visitapp.services.permission import actor_of
from visitapp.services.views.visits import VisitView
from visitapp.services.visits.answers.answers import plain_answers, read_sheet
from visitapp.services.visits.assessment import assess, every_need
from visitapp.services.visits.intervention import verify_actions
from visitapp.services.visits.sign_off.audits import AuditChoice, apply_audit, finds_worse
from visitapp.services.visits.sign_off.visit_ratings import rate_sign_off
from visitapp.standing.steps import new_step


def sign_off(
    session: Session, desk: Desk, visit: Visit, form: Form, audit: AuditChoice | None = None
) -> None:
    """Sign an open visit off in the session's transaction, and let its rating follow. `audit`: what
    becomes of a worse rating that the form may only propose.

    An intervention visit verifies the actions that it found so.

    Raises Refused(VISIT_INCOMPLETE) naming by number what is missing, and Refused(BAD_VALUE) for a
    visit whose day has not come.
    """
    user, now = desk.user(session), desk.clock()
    _require_day(visit, now)
    sheet = read_sheet(session, visit.id)
    standing = assess(session, visit, form, plain_answers(sheet))
    missing = [(need.question, need.what) for need in every_need(form, sheet, standing)]
    if missing:
        raise Refused(Code.VISIT_INCOMPLETE, _missing(form, missing))
    worse = finds_worse(session, visit, form, standing.outcome)
    if worse and audit is None:
        raise Refused(Code.VISIT_INCOMPLETE, _CHOOSE)
    signed = {"facts": standing.facts, "outcome": msgspec.to_builtins(standing.outcome)}
    step = new_step(visit, VisitStatus.SIGNED_OFF, actor_of(user), now, fields=signed)
    session.add(step)
    session.flush()
    if visit.form_text is not None:
        verify_actions(session, desk, visit, sheet, step)
        session.flush()
    rate_sign_off(session, visit, form, desk.policy(session))
    if worse and audit is not None and audit.apply:
        apply_audit(session, desk, visit, form, audit)


_CHOOSE = message(
    "This visit found a worse rating than the one that stands. Say whether it changes the rating "
    "now or is proposed to the team lead."
)


def _missing(form: Form, missing: list[tuple[str, str]]) -> Message:
    named = missing_needs([(form.questions[question].number, what) for question, what in missing])
    if form.kind == "visit":
        return message("This visit cannot be signed off yet. {missing}", missing=named)
    return message("This assessment cannot be signed off yet. {missing}", missing=named)


def _require_day(visit: Visit, now: datetime) -> None:
    if visit.visited_on > now.astimezone().date():
        raise Refused(
            Code.BAD_VALUE,
            message("A visit cannot be signed off before its date."),
            message("Correct the date of the visit, or check the clock of this computer."),
        )


def require_reviewed(now: VisitView, reviewed: VisitView) -> None:
    """Refuse (OUTCOME_DIFFERS) to sign what is no longer as the person saw it."""
    if (now.answers, now.outcome) != (reviewed.answers, reviewed.outcome):
        raise Refused(
            Code.OUTCOME_DIFFERS,
            message("The answers changed while you were reviewing them. Nothing was signed off."),
            message("Review the outcome again."),
        )
