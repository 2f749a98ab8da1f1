"""The actions that a form suggests for the answers of a visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from forms.model import Question
from forms.rating.suggest import suggested_action
from visitapp.records import Action, Answer, Visit
from visitapp.rules.visiting.due import action_due
from visitapp.services.actions.queries import action_views
from visitapp.services.actions.raising import at_visit, raise_action
from visitapp.services.context import Desk
from visitapp.services.lookup import check_question, find
from visitapp.services.views.actions import ActionSuggestion, ActionView
from visitapp.services.visits.answers.answers import plain_answer, read_sheet


class Suggesting:
    """What is offered for the findings of a visit."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def due_on(self, priority: str, due_days: int | None = None) -> date:
        """When an action that is raised today is due; `due_days` are the form's, if it has any."""
        with self._desk.reading() as session:
            policy = self._desk.policy(session)
        calendar = policy.working_days.days()
        return action_due(policy.actions, calendar, self._desk.today(), priority, due_days)

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
            of_visit = action_views(session, self._desk.today(), at_visit(visit.id))
            acted = {action.question for action in of_visit}
            for question in dict.fromkeys(questions):
                check_question(form, question)
                found = self._suggestion(form.questions[question], sheet.get(question))
                if found is not None and question not in acted:
                    new = Action(
                        setting_id=visit.setting_id,
                        visit_id=visit.id,
                        question=question,
                        title=found.title,
                        priority=found.priority,
                        first_due_on=found.due_on,
                    )
                    raise_action(session, self._desk, visit, new)
            after = action_views(session, self._desk.today(), at_visit(visit.id))
            return [action for action in after if action.question not in acted]

    def _suggestion(self, question: Question, row: Answer | None) -> ActionSuggestion | None:
        rule = suggested_action(question, plain_answer(row)) if row is not None else None
        if rule is None:
            return None
        due_on = self.due_on(rule.priority, rule.due_days)
        return ActionSuggestion(
            question=question.id, title=rule.suggest, priority=rule.priority, due_on=due_on
        )
