"""What the records said to a question, beside the answer that stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QLabel

from forms.model import Question
from visitapp.language import translate
from visitapp.services.views.risk import FilledAnswer
from visitapp.services.views.visits import AnswerView
from visitapp.services.wording import answer_text
from visitapp.ui import words
from visitapp.ui.widgets.card import Quote
from visitapp.ui.widgets.text import label


class FromRecords(Quote):
    """Says where an answer came from and when, and for ever so once it was overridden."""

    def __init__(self, question: Question) -> None:
        self._line: QLabel = label(size="small", wrap=True)
        super().__init__(self._line)
        self._question = question
        self._filled: FilledAnswer | None = None

    def show_answer(self, filled: FilledAnswer, answer: AnswerView) -> None:
        """Show what the records say beside the answer that stands."""
        self._filled = filled
        day = filled.at.astimezone().date() if isinstance(filled.at, datetime) else filled.at
        said = answer_text(self._question, {"value": filled.value})
        known = {"day": words.day(day), "origin": filled.origin}
        if answer.value == filled.value:
            told = translate("From the records, as of {day}. {origin}", **known)
        else:
            told = translate(
                "Overridden. The records say {said}, as of {day}. {origin}", said=said, **known
            )
        self._line.setText(told)

    def settle(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields to save of what was given now; the records' own value takes its reason."""
        if self._filled is None or fields.get("value") != self._filled.value:
            return fields
        return {**fields, "reason": self._own_reason()}

    def unexplained(self, answer: AnswerView) -> bool:
        """Does the officer's answer stand in place of the records' without a reason yet?"""
        filled = self._filled
        return filled is not None and answer.value != filled.value and not answer.reason

    def _own_reason(self) -> str:
        """A value of the records that must be explained is explained by where it came from."""
        scale, filled = self._question.scale, self._filled
        value = scale.by_value.get(str(filled.value)) if scale and filled else None
        return filled.origin if filled and value is not None and value.needs_reason else ""
