"""Forms that are built from the records of one setting: made by the device that starts the visit,
and compared by the server with what its own records give."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from forms.catalogue.catalogue import Library
from forms.model import Form
from forms.tailored.build import PlanAction, Weak, question_of, tailor
from visitapp.dates import short_day
from visitapp.errors import NotFound, Refused
from visitapp.records import Action, ActionStatus, Evidence, Visit
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.standing.interventions.weak_areas import carried_areas

FORM = "intervention-visit"
"""The form that is built for the setting; every other is taken as it is."""

_TO_VERIFY = (*sorted(OPEN_STATUSES), ActionStatus.DONE)


def tailored_text(
    session: Session,
    library: Library,
    form_of: Callable[[Visit], Form],
    form: Form,
    setting_id: str,
    day: date,
    chosen: Collection[str] | None = None,
) -> str | None:
    """The text of the form for a visit on `day`; None when `form` serves as it is.

    `chosen`: the ids of the actions that it asks about, None for every one that is not verified. A
    last visit whose form is not here gives no areas.
    """
    if form.id != FORM:
        return None
    actions = [
        _plan_action(session, action)
        for action in unverified_actions(session, setting_id)
        if chosen is None or action.id in chosen
    ]
    weak = _weak_areas(session, library, form_of, setting_id, day)
    if not actions and weak is None:
        return None
    return tailor(library.text(form.id, form.version), actions, weak)


def unverified_actions(session: Session, setting_id: str) -> Sequence[Action]:
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


def action_questions(connection: Connection, setting_id: str) -> set[str]:
    """The questions that ask about the actions of the setting."""
    ids = connection.execute(select(Action.id).where(Action.setting_id == setting_id)).scalars()
    return set(map(question_of, ids))


def earlier_form_texts(connection: Connection, library: Library, setting_id: str) -> Iterator[str]:
    """The texts of the forms of the setting's signed visits, the latest visit's first, each once.
    Those that are not here are left out."""
    signed = select(Visit.form_id, Visit.form_version, Visit.form_text).where(
        Visit.setting_id == setting_id, Visit.outcome.is_not(None)
    )
    seen: set[tuple[str, str]] = set()
    for form_id, version, text in connection.execute(
        signed.order_by(Visit.visited_on.desc(), Visit.id.desc())
    ):
        if (form_id, version) in seen:
            continue
        seen.add((form_id, version))
        try:
            yield text or library.text(form_id, version)
        except NotFound:
            continue


def _plan_action(session: Session, action: Action) -> PlanAction:
    return PlanAction(
        question=question_of(action.id),
        title=action.title,
        about=_about(session, action),
        priority=action.priority,
    )


def _about(session: Session, action: Action) -> str:
    """What was agreed, by whom and by when, and what supports it so far."""
    progress = {
        ActionStatus.OPEN: "Nothing is reported yet.",
        ActionStatus.IN_PROGRESS: "The provider is working on it.",
        ActionStatus.DONE: "The provider says that it is done.",
        ActionStatus.REOPENED: "It was found not to be done.",
    }[ActionStatus(action.status)]
    owner = f" Owner: {action.owner}." if action.owner else ""
    detail = f" {action.detail}" if action.detail else ""
    items = [f"{item.title} ({item.kind})" for item in _evidence(session, action)]
    evidence = f" Evidence so far: {'; '.join(items)}." if items else ""
    due = f"Due {short_day(action.due_on)}, priority {action.priority}."
    return f"{due}{owner} {progress}{evidence}{detail}"


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


def _weak_areas(
    session: Session,
    library: Library,
    form_of: Callable[[Visit], Form],
    setting_id: str,
    day: date,
) -> Weak | None:
    """The areas that are carried to the next visit, with the form that asked them."""
    carried = carried_areas(session, library.rating_forms("quality"), setting_id, day)
    if carried is None or not carried.areas:
        return None
    last = carried.visit
    try:
        form_of(last)
    except Refused:
        return None
    text = last.form_text or library.text(last.form_id, last.form_version)
    return Weak(text=text, areas=set(carried.areas))
