"""Findings that come back: visits in a row, this one included, below the best of the scale."""

from __future__ import annotations

from forms.model import Question, ScaleValue
from forms.rating.answers import scale_value
from visitapp.language import message, translate
from visitapp.services.views.visits import AnswerView, LastTime
from visitapp.services.visits.answers.plain import plain


def in_a_row(question: Question, answer: AnswerView | None, last: LastTime | None) -> int:
    """How many visits in a row found `question` below best, this one included; 0 unless two."""
    best = question.scale.best if question.scale else None
    given = scale_value(question, plain(answer)) if answer is not None else None
    if given is None or best is None or last is None or not last.times_below:
        return 0
    return last.times_below + 1 if is_below(given, best) else 0


def ordinal(number: int) -> str:
    """`Second` to `Tenth`, then `11th`: a count of visits in a row, never below 2."""
    return str(_NAMED[number]) if number in _NAMED else translate("{n}th", n=number)


_NAMED = {
    2: message("Second"),
    3: message("Third"),
    4: message("Fourth"),
    5: message("Fifth"),
    6: message("Sixth"),
    7: message("Seventh"),
    8: message("Eighth"),
    9: message("Ninth"),
    10: message("Tenth"),
}


def is_below(given: ScaleValue, best: ScaleValue) -> bool:
    """Whether a value scores less than the best of its scale; one without a score does not."""
    return given.score is not None and best.score is not None and given.score < best.score
