"""Records answers through the service, and remembers how to take each one back."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from visitapp.errors import VisitappError
from visitapp.services.visits.visits import Visits
from visitapp.ui.pages.visit.visit_state import VisitState, before

TEXTS = frozenset({"note", "reason"})
"""Fields that are saved several times while they are typed, and taken back at once."""


class Step(Struct, frozen=True):
    """What a question's fields were before they were changed."""

    question: str
    fields: dict[str, Any]


class Recorder(QObject):
    """`saved` carries an AnswerSaved once it is safe on disk; `refused` the problem and the
    question when it was not saved."""

    saved = Signal(object)
    refused = Signal(object, str)

    def __init__(self, visits: Visits, sheet: VisitState) -> None:
        super().__init__()
        self._visits = visits
        self._sheet = sheet
        self._steps: list[Step] = []
        self._typing: tuple[str, frozenset[str]] | None = None

    def record(self, question: str, fields: dict[str, Any]) -> None:
        """Save the given fields of one answer. Nothing is written when nothing differs."""
        answer = self._sheet.answer(question)
        earlier = before(answer, fields)
        if earlier == fields:
            return
        if self._save(question, fields):
            text = (question, frozenset(fields)) if fields.keys() <= TEXTS else None
            if text is None or text != self._typing:
                self._steps.append(Step(question, earlier))
            self._typing = text

    def close_step(self) -> None:
        """A field was left: what is typed in one from now on is a step of its own."""
        self._typing = None

    def undo(self) -> str:
        """Put back what the last recorded step changed; returns its question, or nothing."""
        self._typing = None
        if not self._steps:
            return ""
        step = self._steps.pop()
        return step.question if self._save(step.question, step.fields) else ""

    def _save(self, question: str, fields: dict[str, Any]) -> bool:
        try:
            saved = self._visits.answer(self._sheet.view.summary.id, question, **fields)
        except VisitappError as problem:
            self.refused.emit(problem, question)
            return False
        self._sheet.take(saved)
        self.saved.emit(saved)
        return True
