"""The action that an answer suggests."""

from __future__ import annotations

from forms.answers import scale_value
from forms.judging import Answer
from forms.model import ActionRule, Question


def suggested_action(question: Question, answer: Answer | None) -> ActionRule | None:
    """The question's action rule when the answer, after bands, is one it is for; else None."""
    value, rule = scale_value(question, answer), question.action
    return rule if rule and value and value.value in rule.when else None
