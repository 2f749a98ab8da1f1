"""The action that an answer suggests."""

from __future__ import annotations

from forms.model import ActionRule, Question
from forms.rating.answer_values import Answer
from forms.rating.answers import scale_value


def suggested_action(question: Question, answer: Answer | None) -> ActionRule | None:
    """The question's action rule when the answer, after bands, is one it is for; else None."""
    value, rule = scale_value(question, answer), question.action
    return rule if rule and value and value.value in rule.when else None
