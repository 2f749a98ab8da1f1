"""The actions that an intervention visit verifies, and what becomes of that when it is undone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.tailored.build import VERIFIED, question_of
from visitapp.dates import short_day
from visitapp.records import Action, ActionStatus, Outbox, Step, VerifiedHow, Visit
from visitapp.services.context import Desk
from visitapp.services.permission import actor_of
from visitapp.services.visits.answers.answers import AnswersByQuestion, read_sheet
from visitapp.standing.steps import new_step
from visitapp.standing.tailored_forms import unverified_actions
from visitapp.vocabulary import visit_word


def verify_actions(
    session: Session, desk: Desk, visit: Visit, sheet: AnswersByQuestion, signed: Step
) -> None:
    """Verify the actions that an intervention visit found so. `signed`: the step that signs it off
    now, without which they do not count."""
    found = _found_verified(sheet)
    for action in unverified_actions(session, visit.setting_id):
        if question_of(action.id) in found:
            note = f"{visit_word(visit.purpose)} of {short_day(visit.visited_on)}"
            step = new_step(
                action,
                ActionStatus.VERIFIED,
                actor_of(desk.user(session)),
                desk.clock(),
                day=visit.visited_on,
                fields={"how": VerifiedHow.VISIT.value, "note": note, "sign_off": signed.id},
            )
            session.add(step)


def unsent_verifications(session: Session, signed: Step) -> list[Step]:
    """The verifications of a sign-off that the server has not taken."""
    unsent = select(Step).join(Outbox, Outbox.record_id == Step.id)
    steps = unsent.where(Step.setting_id == signed.setting_id, Step.kind == Action.__tablename__)
    return [step for step in session.scalars(steps) if step.fields.get("sign_off") == signed.id]


def take_back_verifications(session: Session, desk: Desk, visit: Visit, reason: str) -> None:
    """Reopen the actions that a visit verified at a sign-off that no longer counts."""
    if visit.form_text is None:
        return
    found = _found_verified(read_sheet(session, visit.id))
    verified = select(Action).where(
        Action.setting_id == visit.setting_id,
        Action.deleted.is_(False),
        Action.status == ActionStatus.VERIFIED,
        Action.verified_how == VerifiedHow.VISIT,
    )
    for action in session.scalars(verified).all():
        if question_of(action.id) in found:
            actor = actor_of(desk.user(session))
            session.add(new_step(action, ActionStatus.REOPENED, actor, desk.clock(), reason=reason))


def _found_verified(sheet: AnswersByQuestion) -> set[str]:
    """The questions that were answered by an action being verified."""
    return {question for question, row in sheet.items() if row.value == VERIFIED}
