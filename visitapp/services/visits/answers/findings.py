"""Findings of a visit: answers below the best value of their scale."""

from __future__ import annotations

from forms.model import Form
from forms.rating.answers import relevant_questions, scale_value
from visitapp.services.views.visits import VisitView
from visitapp.services.visits.answers.plain import plain
from visitapp.services.visits.answers.repeat_findings import is_below


def findings_without_action(form: Form, view: VisitView) -> list[str]:
    """The questions that are asked, answered below best and have no action of this visit, in form
    order."""
    answers = {name: plain(answer) for name, answer in view.answers.items()}
    asked = relevant_questions(form, answers, view.setting_facts)
    acted = {action.question for action in view.actions}
    found = []
    for question in form.questions.values():
        given = scale_value(question, answers.get(question.id))
        best = question.scale.best if question.scale else None
        below = given is not None and best is not None and is_below(given, best)
        if below and question.id in asked and question.id not in acted:
            found.append(question.id)
    return found
