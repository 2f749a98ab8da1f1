"""What the Visit page shows, as the database said it last."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from forms.model import Area, Form, Question
from forms.rating.answers import is_answered, relevant_questions
from forms.rating.outcome import AreaOutcome, Outcome
from visitapp.rules.choices import FROZEN
from visitapp.services.views.actions import ActionView
from visitapp.services.views.risk import FilledAnswer
from visitapp.services.views.visits import (
    AnswerSaved,
    AnswerView,
    CommentView,
    EvidenceView,
    VisitView,
)
from visitapp.services.visits.answers.confirming import is_confirmable
from visitapp.services.visits.answers.plain import plain
from visitapp.services.visits.answers.repeat_findings import in_a_row
from visitapp.services.visits.assessment import is_complete


class QuestionState(Struct, frozen=True):
    """All that a card shows of a question."""

    answer: AnswerView
    needs: list[str]
    evidence: list[EvidenceView]
    actions: list[ActionView]
    filled: FilledAnswer | None
    in_a_row: int
    frozen: bool
    comments: list[CommentView]
    may_comment: bool


class VisitState:
    """A copy of one visit, brought up to date by what the services return. It decides nothing."""

    def __init__(self, view: VisitView, form: Form) -> None:
        self.form = form
        self.view = view
        self.relevant = self._find_relevant()

    @property
    def frozen(self) -> bool:
        """Is the visit signed off, and so not to be changed?"""
        return self.view.summary.status in FROZEN

    @property
    def outcome(self) -> Outcome:
        """The outcome as it stands."""
        return self.view.outcome

    @property
    def hidden(self) -> bool:
        """Whether the outcome is hidden, as questions of a blind visit are unanswered."""
        return self.view.hidden

    @property
    def waiting(self) -> bool:
        """Whether a question has no answer yet, or an answer not the reason that it needs."""
        return not is_complete(self.view.needs)

    def read_again(self, view: VisitView) -> None:
        """The same visit, read from the database again."""
        self.view = view
        self.relevant = self._find_relevant()

    def state(self, question: str) -> QuestionState:
        """Everything about one question."""
        return QuestionState(
            answer=self.answer(question),
            needs=self.needs(question),
            evidence=self.evidence(question),
            actions=self.actions(question),
            filled=self.filled(question),
            in_a_row=self._in_a_row(question),
            frozen=self.frozen,
            comments=self.comments(question),
            may_comment=self.view.may_comment,
        )

    def take(self, saved: AnswerSaved) -> None:
        """An answer was saved: take it over with the outcome it led to."""
        answers = {**self.view.answers, saved.answer.question: saved.answer}
        aside = self.view.kept_aside
        if (saved.answer.value, saved.answer.checked, saved.answer.met) != (None, None, None):
            aside = [one for one in aside if one.question != saved.answer.question]
        self.view = replace(
            self.view,
            answers=answers,
            outcome=saved.outcome,
            hidden=saved.hidden,
            needs=saved.needs,
            warnings=saved.warnings,
            kept_aside=aside,
        )
        self.relevant = self._find_relevant()

    def answer(self, question: str) -> AnswerView:
        """The answer to a question; an empty one when there is none."""
        return self.view.answers.get(question) or AnswerView(question=question)

    def answered(self, question: Question) -> bool:
        """Is there an answer?"""
        return is_answered(question, plain(self.answer(question.id)))

    def questions(self, area: Area) -> list[Question]:
        """The questions of an area that are relevant now."""
        return [question for question in area.questions if question.id in self.relevant]

    def count(self, area: Area) -> tuple[int, int]:
        """Answered, and relevant, questions of an area."""
        asked = self.questions(area)
        return sum(self.answered(question) for question in asked), len(asked)

    def count_all(self) -> tuple[int, int]:
        """The same over the whole form."""
        counts = [self.count(area) for area in self.form.areas]
        return sum(done for done, _ in counts), sum(total for _, total in counts)

    def area_outcome(self, area: Area) -> AreaOutcome | None:
        """How an area is rated."""
        return next((found for found in self.outcome.areas if found.id == area.id), None)

    def needs(self, question: str) -> list[str]:
        """What an answered question still lacks, a sentence each."""
        return [n.text for n in self.view.needs if n.question == question and n.what != "answer"]

    def evidence(self, question: str) -> list[EvidenceView]:
        """What supports the answer to a question."""
        return [piece for piece in self.view.evidence if piece.question == question]

    def comments(self, question: str) -> list[CommentView]:
        """What was said of the answer to a question, the oldest first."""
        return [comment for comment in self.view.comments if comment.question == question]

    def commented(self) -> list[str]:
        """The questions with comments, in form order."""
        said = {comment.question for comment in self.view.comments}
        return [name for name in self.form.questions if name in said]

    def next_commented(self, question: str) -> str:
        """The question with comments after this one, or the first; empty when there is none."""
        places = {name: place for place, name in enumerate(self.form.questions)}
        said = self.commented()
        after = (name for name in said if places[name] > places.get(question, -1))
        return next(after, said[0] if said else "")

    def actions(self, question: str) -> list[ActionView]:
        """The actions raised at a question."""
        return [action for action in self.view.actions if action.question == question]

    def confirmable(self, question: str) -> dict[str, Any]:
        """The fields that confirm the last answer to a question as unchanged; none where that
        cannot be, or where the records fill the answer."""
        asked, last = self.form.questions[question], self.view.last_time.get(question)
        if last is None or self.form.kind != "visit" or not is_confirmable(asked, last):
            return {}
        fields = {"value": last.answer.value, "confirmed_from": last.visited_on}
        own = self.answer(question).reason
        return fields if own or not last.answer.reason else {**fields, "reason": last.answer.reason}

    def filled(self, question: str) -> FilledAnswer | None:
        """What the records said to a question of a risk model."""
        return next((one for one in self.view.filled if one.question == question), None)

    def left_last_time(self, area: Area | None = None) -> list[str]:
        """The relevant questions, of one area or of all, that were left when last asked here."""
        asked = self.relevant if area is None else {q.id for q in self.questions(area)}
        return [name for name in self.view.not_checked_last_time if name in asked]

    def left_off(self, kept: str) -> str:
        """The question to open at: the one kept, when it is asked, else the first unanswered."""
        asked = [question for area in self.form.areas for question in self.questions(area)]
        if kept in {question.id for question in asked}:
            return kept
        unanswered = (question.id for question in asked if not self.answered(question))
        return next(unanswered, next(iter(self.form.questions)))

    def _in_a_row(self, question: str) -> int:
        asked = self.form.questions[question]
        return in_a_row(asked, self.answer(question), self.view.last_time.get(question))

    def _find_relevant(self) -> set[str]:
        answers = {q: given for q, view in self.view.answers.items() if (given := plain(view))}
        return set(relevant_questions(self.form, answers, self.view.setting_facts))


def before(answer: AnswerView, fields: dict[str, Any]) -> dict[str, Any]:
    """What the given fields were, so that they can be put back, and what goes with the value."""
    fields_before = {name: getattr(answer, name) for name in fields}
    if "value" in fields and answer.confirmed_from is not None:
        fields_before["confirmed_from"] = answer.confirmed_from
    return fields_before
