"""The rating: answers to a form become an outcome that explains itself (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Mapping

from forms.answers import is_answered
from forms.judging import Answers
from forms.model import RAGS, Form
from forms.outcome import AreaOutcome, FormRef, Outcome
from forms.plan import plan_of
from forms.reasons import reasons
from forms.standing import Standing
from forms.verdict import Verdict, decide
from forms.would_change import would_change


def rate(form: Form, answers: Answers, setting: Mapping[str, object] | None = None) -> Outcome:
    """The outcome of `answers`, on a form that was read by `read_form`.

    `setting` holds the facts that conditions read as `setting.<fact>`. Answers that
    `check_answers` refuses count as not given. Percentages are whole, rounded down; an area or a
    form where nothing counts is unrated, and as nothing is left unchecked its coverage is 100.
    """
    standing = Standing(plan_of(form), answers, setting or {})
    verdict = decide(standing)
    overall = "unrated" if verdict.overall is None else RAGS[verdict.overall]
    why = reasons(standing, verdict)
    asked, possible = sum(standing.asked), sum(standing.possible)
    return Outcome(
        form=FormRef(form.id, form.version),
        overall=overall,
        percent=100 * verdict.total // verdict.whole if verdict.whole else None,
        coverage=_coverage(possible, asked),
        provisional=100 * possible < form.minimum_coverage * asked,
        areas=_areas(form, standing, verdict),
        because=[reason for reason in why if reason.to == overall],
        also=[reason for reason in why if reason.to != overall],
        would_change=would_change(standing, verdict),
        unanswered=_unanswered(standing, answers),
    )


def _areas(form: Form, standing: Standing, verdict: Verdict) -> list[AreaOutcome]:
    outcomes = []
    for place, area in enumerate(form.areas):
        gained, possible = standing.gained[place], standing.possible[place]
        rank = verdict.ranks[place]
        outcomes.append(
            AreaOutcome(
                id=area.id,
                rag="unrated" if rank is None else RAGS[rank],
                percent=100 * gained // possible if possible else None,
                coverage=_coverage(possible, standing.asked[place]),
            )
        )
    return outcomes


def _coverage(possible: int, asked: int) -> int:
    return 100 * possible // asked if asked else 100


def _unanswered(standing: Standing, answers: Answers) -> list[str]:
    """Relevant required questions without an answer, in form order."""
    missing = []
    for place, planned in enumerate(standing.plan.questions):
        question = planned.question
        if standing.moves[place] or not (question.required and standing.relevant[place]):
            continue
        if not is_answered(question, answers.get(question.id)):
            missing.append(question.id)
    return missing
