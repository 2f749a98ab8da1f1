"""The intervention visit of one setting: its open actions to verify, and its weak areas again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.model import Form
from forms.tailored.build import VERIFIED, PlanAction, Weak, question_of, tailor
from visitapp.errors import Refused
from visitapp.records import Action, ActionStatus, Answer, Evidence, VerifiedHow, Visit
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.services.context import Desk
from visitapp.services.permission import actor_of
from visitapp.services.visits.answers.answers import Sheet
from visitapp.services.visits.summaries import is_visit, stands
from visitapp.services.wording import long_date
from visitapp.standing.steps import new_step
from visitapp.vocabulary import visit_word

FORM = "intervention-visit"
"""The form that is built for the setting; every other is taken as it is."""

_TO_VERIFY = (*sorted(OPEN_STATUSES), ActionStatus.DONE)
_WEAK = frozenset({"red", "amber"})


def form_built_for(
    session: Session, desk: Desk, form: Form, setting_id: str, day: date
) -> str | None:
    """The text of the form for a visit on `day`; None when `form` serves as it is.

    A last visit whose form this device lacks gives no areas.
    """
    if form.id != FORM:
        return None
    actions = _actions(session, setting_id)
    weak = _weak_areas(session, desk, setting_id, day)
    if not actions and weak is None:
        return None
    return tailor(desk.library.text(form.id, form.version), actions, weak)


def verify_actions(session: Session, desk: Desk, visit: Visit, sheet: Sheet) -> None:
    """Verify the actions that an intervention visit, signed off now, found so."""
    found = {question for question, row in sheet.items() if row.value == VERIFIED}
    for action in _waiting(session, visit.setting_id):
        if question_of(action.id) in found:
            note = f"{visit_word(visit.purpose)} of {long_date(visit.visited_on)}"
            step = new_step(
                action,
                ActionStatus.VERIFIED,
                actor_of(desk.user(session)),
                desk.clock(),
                day=visit.visited_on,
                fields={"how": VerifiedHow.VISIT.value, "note": note},
            )
            session.add(step)


def take_back_verifications(session: Session, desk: Desk, visit: Visit, reason: str) -> None:
    """Reopen the actions that a visit verified at a sign-off that no longer counts."""
    if visit.form_text is None:
        return
    answers = select(Answer.question).where(Answer.visit_id == visit.id, Answer.value == VERIFIED)
    found = set(session.scalars(answers))
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


def _waiting(session: Session, setting_id: str) -> Sequence[Action]:
    """Actions that nobody verified yet, the earliest due first."""
    return session.scalars(
        select(Action)
        .where(
            Action.setting_id == setting_id,
            Action.deleted.is_(False),
            Action.status.in_(_TO_VERIFY),
        )
        .order_by(Action.due_on, Action.id)
    ).all()


def _actions(session: Session, setting_id: str) -> list[PlanAction]:
    return [
        PlanAction(
            question=question_of(action.id),
            title=action.title,
            about=_about(session, action),
            priority=action.priority,
        )
        for action in _waiting(session, setting_id)
    ]


def _about(session: Session, action: Action) -> str:
    """What was agreed, by whom and by when, and what supports it so far."""
    told = {
        ActionStatus.OPEN: "Nothing is reported yet.",
        ActionStatus.IN_PROGRESS: "The provider is working on it.",
        ActionStatus.DONE: "The provider says that it is done.",
        ActionStatus.REOPENED: "It was found not to be done.",
    }[ActionStatus(action.status)]
    owner = f" Owner: {action.owner}." if action.owner else ""
    detail = f" {action.detail}" if action.detail else ""
    pieces = [f"{piece.title} ({piece.kind})" for piece in _evidence(session, action)]
    evidence = f" Evidence so far: {'; '.join(pieces)}." if pieces else ""
    due = f"Due {long_date(action.due_on)}, priority {action.priority}."
    return f"{due}{owner} {told}{evidence}{detail}"


def _evidence(session: Session, action: Action) -> Sequence[Evidence]:
    """What was recorded with the finding that the action comes from."""
    if action.visit_id is None or not action.question:
        return []
    return session.scalars(
        select(Evidence)
        .where(
            Evidence.visit_id == action.visit_id,
            Evidence.question == action.question,
            Evidence.deleted.is_(False),
        )
        .order_by(Evidence.id)
    ).all()


def _weak_areas(session: Session, desk: Desk, setting_id: str, day: date) -> Weak | None:
    """The areas that were red or amber at the last visit, with the form that asked them."""
    last = session.scalars(
        select(Visit)
        .where(
            Visit.setting_id == setting_id,
            Visit.visited_on <= day,
            stands(Visit),
            is_visit(Visit),
        )
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
        .limit(1)
    ).first()
    if last is None or last.outcome is None:
        return None
    areas = {area["id"] for area in last.outcome["areas"] if area["rag"] in _WEAK}
    if not areas:
        return None
    try:
        desk.form_of(last)
    except Refused:
        return None
    text = last.form_text or desk.library.text(last.form_id, last.form_version)
    return Weak(text=text, areas=areas)
