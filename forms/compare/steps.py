"""How a question measures: whether two versions of it turn one answer into one score."""

from __future__ import annotations

from fractions import Fraction

from forms.model import Question


def steps(question: Question) -> frozenset[tuple[Fraction | str, Fraction | None]]:
    """What an answer scores: by the number at which each band begins, or by each value of a choice.

    Empty for a question without a scale. What a form calls its steps (Met, Low) makes no
    difference, and neither do values without a score, such as Not applicable.
    """
    if question.scale is None:
        return frozenset()
    scores = {value.value: value.score for value in question.scale.values}
    if question.bands:
        return frozenset((band.start, scores[band.result]) for band in question.bands)
    return frozenset((name, score) for name, score in scores.items() if score is not None)


def measured_differently(one: Question, other: Question) -> bool:
    """Whether both are scored and one answer to them may score differently."""
    return bool(steps(one) and steps(other)) and steps(one) != steps(other)
