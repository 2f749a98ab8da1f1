"""Improvement actions: raise one, keep it up to date, list them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from sqlalchemy.orm import Session

from forms.model import Question
from forms.rating.suggest import suggested_action
from visitapp.errors import Code, Refused
from visitapp.records import Action, Answer, Priority, Setting, Visit
from visitapp.rules.action_life import OPEN_STATUSES, STATUSES, due_date_fault, marks
from visitapp.rules.due import action_due
from visitapp.services.actions.queries import action_views
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts, find
from visitapp.services.views.actions import ActionSuggestion, ActionView
from visitapp.services.visits.answers import plain_answer, read_sheet
from visitapp.services.visits.visits import check_question


class ActionChanges(TypedDict, total=False):
    """The fields of an action that a person changes."""

    title: str
    detail: str
    owner: str
    priority: str
    due_on: date
    status: str


class Actions:
    """What a person can do with actions. They live on after their visit is signed off."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self,
        visit_id: str | None,
        setting_id: str | None,
        title: str,
        due_on: date,
        priority: str = Priority.MEDIUM,
        owner: str = "",
        question: str = "",
        detail: str = "",
    ) -> ActionView:
        """Raise an action from a visit (whose setting it takes) or on a setting.

        Raises NotFound, or Refused(BAD_VALUE) for a due date, priority or text that cannot be.
        """
        changes = ActionChanges(
            title=title.strip(), due_on=due_on, priority=priority, owner=owner, detail=detail
        )
        _check(changes)
        with self._desk.transaction() as session:
            visit = find(session, Visit, visit_id) if visit_id else None
            if visit is not None and question:
                check_question(self._desk.form_of(visit), question)
            setting = find(session, Setting, visit.setting_id if visit else setting_id or "")
            action = Action(
                setting_id=setting.id,
                visit_id=visit.id if visit else None,
                question=question,
                **changes,
            )
            session.add(action)
            session.flush()
            return self._view(session, action)

    def update(self, action_id: str, **changes: Unpack[ActionChanges]) -> ActionView:
        """Change the fields given. Done notes the day, verified who and when; reopening forgets."""
        _check(changes)
        with self._desk.transaction() as session:
            action = find(session, Action, action_id)
            for name, new in changes.items():
                setattr(action, name, new)
            if "status" in changes:
                self._mark(session, action)
            session.flush()
            return self._view(session, action)

    def list(
        self, setting_id: str | None = None, visit_id: str | None = None, open_only: bool = False
    ) -> list[ActionView]:
        """Actions, the earliest due first; `open_only` leaves out what is done or cancelled."""
        conditions = []
        if setting_id is not None:
            conditions.append(Action.setting_id == setting_id)
        if visit_id is not None:
            conditions.append(Action.visit_id == visit_id)
        if open_only:
            conditions.append(Action.status.in_(OPEN_STATUSES))
        with self._desk.reading() as session:
            return action_views(session, self._desk.today(), *conditions)

    def suggested(self, visit_id: str, question: str) -> ActionSuggestion | None:
        """The action that the form suggests for the answer recorded, if any, with its due date."""
        with self._desk.reading() as session:
            visit = find(session, Visit, visit_id)
            form = self._desk.form_of(visit)
            check_question(form, question)
            row = read_sheet(session, visit.id).get(question)
        return self._suggestion(form.questions[question], row)

    def add_suggested(self, visit_id: str, questions: Sequence[str]) -> Sequence[ActionView]:
        """Raise, all at once, the actions that the form suggests for these questions of a visit.

        A question whose answer suggests none, or that has an action already, is passed over.
        """
        with self._desk.transaction() as session:
            visit = find(session, Visit, visit_id)
            form = self._desk.form_of(visit)
            sheet = read_sheet(session, visit.id)
            of_visit = action_views(session, self._desk.today(), Action.visit_id == visit.id)
            acted = {action.question for action in of_visit}
            for question in dict.fromkeys(questions):
                check_question(form, question)
                found = self._suggestion(form.questions[question], sheet.get(question))
                if found is not None and question not in acted:
                    session.add(
                        Action(
                            setting_id=visit.setting_id,
                            visit_id=visit.id,
                            question=question,
                            title=found.title,
                            priority=found.priority,
                            due_on=found.due_on,
                        )
                    )
            session.flush()
            after = action_views(session, self._desk.today(), Action.visit_id == visit.id)
            return [action for action in after if action.question not in acted]

    def _suggestion(self, question: Question, row: Answer | None) -> ActionSuggestion | None:
        rule = suggested_action(question, plain_answer(row)) if row is not None else None
        if rule is None:
            return None
        days = self._desk.policy.actions.days
        due_on = action_due(self._desk.today(), rule.priority, rule.due_days, days)
        return ActionSuggestion(
            question=question.id, title=rule.suggest, priority=rule.priority, due_on=due_on
        )

    def _mark(self, session: Session, action: Action) -> None:
        """Note or clear when an action was done and who verified it, as its status implies."""
        implied = marks(action.status)
        if not implied.done:
            action.done_on = None
        elif action.done_on is None:
            action.done_on = self._desk.today()
        if not implied.verified:
            action.verified_by = action.verified_at = None
        elif action.verified_by is None:
            action.verified_by = self._desk.user(session).id
            action.verified_at = self._desk.clock()

    def _view(self, session: Session, action: Action) -> ActionView:
        return action_views(session, self._desk.today(), Action.id == action.id)[0]


def _check(changes: ActionChanges) -> None:
    """Refuse (BAD_VALUE) what an action cannot hold."""
    if "title" in changes and not changes["title"].strip():
        raise Refused(Code.BAD_VALUE, "An action needs a title.")
    _check_word("priority", changes.get("priority"), tuple(Priority))
    _check_word("status", changes.get("status"), STATUSES)
    fault = due_date_fault(changes["due_on"]) if "due_on" in changes else None
    if fault:
        raise Refused(Code.BAD_VALUE, fault)
    texts: dict[str, Any] = dict(changes)
    check_texts(Action, {n: texts[n] for n in ("title", "detail", "owner") if n in texts})


def _check_word(field: str, word: str | None, known: tuple[str, ...]) -> None:
    if word is not None and word not in known:
        allowed = f"{', '.join(known[:-1])} or {known[-1]}"
        raise Refused(Code.BAD_VALUE, f"The {field} “{word}” is not {allowed}.")
