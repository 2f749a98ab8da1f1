"""What changed since the last visit, question by question."""

from __future__ import annotations

from msgspec import Struct

from forms.model import Form, Question, ScaleValue
from forms.rating.answers import scale_value
from visitapp.services.views.visits import CommentView, VisitView
from visitapp.services.visits.answers.plain import plain


class ReviewChange(Struct, frozen=True):
    """One question: its value last time (None when there was none) and now, and the note now."""

    question: Question
    before: ScaleValue | None
    now: ScaleValue | None
    note: str
    evidence: int
    comments: list[CommentView]

    @property
    def moved(self) -> bool:
        """Is the value another than last time? What was not asked then has not moved."""
        now = self.now.value if self.now else None
        return self.before is not None and self.before.value != now


def changes(view: VisitView, form: Form) -> list[ReviewChange]:
    """Every question that moved, every one that is below the best now, and every one with comments,
    in form order."""
    said = {comment.question for comment in view.comments}
    asked = [one for one in form.questions.values() if one.scale or one.id in said]
    found = [_change(view, question) for question in asked]
    return [change for change in found if change.moved or _below(change) or change.comments]


def _change(view: VisitView, question: Question) -> ReviewChange:
    answer, last = view.answers.get(question.id), view.last_time.get(question.id)
    return ReviewChange(
        question=question,
        before=scale_value(question, plain(last.answer)) if last else None,
        now=scale_value(question, plain(answer)) if answer else None,
        note=answer.note if answer else "",
        evidence=sum(piece.question == question.id for piece in view.evidence),
        comments=[one for one in view.comments if one.question == question.id],
    )


def _below(change: ReviewChange) -> bool:
    best = change.question.scale.best if change.question.scale else None
    if best is None or best.score is None or change.now is None or change.now.score is None:
        return False
    return change.now.score < best.score
