"""Open a visit again whose sign-off the server refused, because it rated the visit differently.

That happens when a colleague's answers reached the server first, or when the visit was signed off
before this computer was updated to new rating rules: the outcome that was signed is no longer the
outcome of the visit. Where the new rules come to the same, the sign-off is sent again with their
outcome, and nobody need do anything. Otherwise the visit goes back to what it was, with all its
answers, to be looked at and signed off again; and the rating that stood before stands again,
because the server did not take that of this visit either. Nor did it take the verifications that
came with the sign-off: those actions are as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forms import rate
from forms.rating.outcome import ENGINE
from visitapp.errors import Code
from visitapp.records import NOT_REFUSED, Action, Outbox, Step, Visit, VisitStatus
from visitapp.services.context import Desk
from visitapp.services.visits.answers.answers import plain_answers, read_sheet
from visitapp.services.visits.intervention import unsent_verifications
from visitapp.services.visits.sign_off.visit_ratings import forget_own_ratings
from visitapp.standing.outcomes import figures
from visitapp.standing.visits import is_sign_off
from visitapp.storage.steps import forget_step

RATED_AGAIN = (Code.OUTCOME_DIFFERS, Code.OUTCOME_OLDER)
"""Refusals after which the visit is to be looked at and signed off again."""


def send_rated_again(desk: Desk) -> None:
    """Offer the sign-offs again that were held as OUTCOME_OLDER, where the rules of this program
    come to the same figures."""
    with desk.reading() as session:
        again = dict(filter(None, (_rated_again(session, desk, one) for one in _held(session))))
    if not again:
        return
    with desk.database.applying() as session:
        for step in session.scalars(select(Step).where(Step.id.in_(again))):
            step.fields = {**step.fields, "outcome": again[step.id]}
            session.get_one(Visit, step.record_id).outcome = again[step.id]
            held = update(Outbox).where(Outbox.record_id == step.id)
            session.execute(held.values(NOT_REFUSED))


def _held(session: Session) -> list[Step]:
    return [step for step, _ in _refused(session, (Code.OUTCOME_OLDER,))]


def _rated_again(session: Session, desk: Desk, step: Step) -> tuple[str, dict[str, Any]] | None:
    """The id of a sign-off and its outcome by today's rules; None where that has other figures."""
    visit, signed = session.get(Visit, step.record_id), step.fields["outcome"]
    if visit is None or visit.outcome != signed or signed.get("engine", 1) >= ENGINE:
        return None
    answers = plain_answers(read_sheet(session, visit.id))
    outcome = msgspec.to_builtins(rate(desk.form_of(visit), answers, visit.facts))
    return (step.id, outcome) if figures(outcome) == figures(signed) else None


def withdraw_refused_sign_offs(session: Session) -> None:
    """Open the visits whose sign-off was refused as OUTCOME_DIFFERS, or as OUTCOME_OLDER where this
    program has the newer rules."""
    for step, code in _refused(session, RATED_AGAIN):
        _withdraw(session, step, code)


def _refused(session: Session, codes: Sequence[Code]) -> list[tuple[Step, str]]:
    """The sign-offs that were refused with one of these codes, with theirs."""
    found = session.execute(
        select(Step, Outbox.refused_code)
        .join(Outbox, Outbox.record_id == Step.id)
        .where(is_sign_off(Step), Outbox.refused_code.in_(codes))
    )
    return [(step, str(code)) for step, code in found]


def _withdraw(session: Session, step: Step, code: str) -> None:
    visit = session.get(Visit, step.record_id)
    if visit is None or visit.status != VisitStatus.SIGNED_OFF:
        return
    older = (visit.outcome or {}).get("engine", 1) < ENGINE
    if code == Code.OUTCOME_OLDER and not older:
        return
    for verified in unsent_verifications(session, step):
        forget_step(session, session.get_one(Action, verified.record_id), verified)
    forget_step(session, visit, step)
    forget_own_ratings(session, visit.id)
