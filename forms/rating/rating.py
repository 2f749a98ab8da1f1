"""The rating: answers to a form become an outcome that explains itself (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Mapping

from forms.levels import UNRATED
from forms.model import Form
from forms.rating.answer_values import Answers
from forms.rating.answers import is_answered
from forms.rating.outcome import AreaOutcome, FormRef, Outcome, ResultOutcome
from forms.rating.plan import Plan, plan_of
from forms.rating.reasons import Reasons
from forms.rating.totals import Standing
from forms.rating.verdict import Verdict, decide
from forms.rating.would_change import would_change


def rate(form: Form, answers: Answers, setting: Mapping[str, object] | None = None) -> Outcome:
    """The outcome of `answers`, on a form that was read by `read_form`.

    `setting` holds the facts that conditions read as `setting.<fact>`. Answers that
    `check_answers` refuses count as not given. Percentages are whole, rounded down; an area or a
    form where nothing counts is unrated, and as nothing is left unchecked its coverage is 100.
    """
    standing = Standing(plan_of(form), answers, setting or {})
    verdict = decide(standing)
    reasons = Reasons(standing, verdict)
    because, also = reasons.of_overall()
    results = _results(standing, verdict, reasons) if form.results else []
    asked, possible = sum(standing.asked), sum(standing.possible)
    overall, level = _graded(standing.plan, verdict.overall)
    return Outcome(
        form=FormRef(form.id, form.version),
        overall=overall,
        percent=_percent(verdict.total, verdict.whole),
        coverage=_coverage(possible, asked),
        provisional=any(result.provisional for result in results)
        or _is_provisional(form, possible, asked),
        areas=_areas(standing, verdict),
        because=because,
        also=also,
        would_change=would_change(standing, verdict),
        unanswered=_unanswered(standing, answers),
        level=level,
        results=results,
    )


def _areas(standing: Standing, verdict: Verdict) -> list[AreaOutcome]:
    outcomes = []
    for place, area in enumerate(standing.plan.form.areas):
        gained, possible = standing.gained[place], standing.possible[place]
        rag, level = _graded(standing.plan, verdict.ranks[place])
        outcomes.append(
            AreaOutcome(
                id=area.id,
                rag=rag,
                percent=_percent(gained, possible),
                coverage=_coverage(possible, standing.asked[place]),
                level=level,
            )
        )
    return outcomes


def _results(standing: Standing, verdict: Verdict, reasons: Reasons) -> list[ResultOutcome]:
    plan = standing.plan
    outcomes = []
    for number, result in enumerate(plan.form.results):
        places, part = plan.parts[number].areas, verdict.parts[number]
        asked = sum(standing.asked[place] for place in places)
        possible = sum(standing.possible[place] for place in places)
        rag, level = _graded(plan, part.rank)
        because, also = reasons.of_part(number)
        outcomes.append(
            ResultOutcome(
                id=result.id,
                title=result.title,
                rag=rag,
                percent=_percent(part.total, part.whole),
                coverage=_coverage(possible, asked),
                provisional=_is_provisional(plan.form, possible, asked),
                because=because,
                also=also,
                level=level,
            )
        )
    return outcomes


def _graded(plan: Plan, rank: int | None) -> tuple[str, str]:
    """The RAG of a rank, and its level in a form that has levels."""
    if rank is None:
        return UNRATED, ""
    level = plan.levels[rank]
    return level.rag, level.id if plan.form.levels else ""


def _percent(total: int, whole: int) -> int | None:
    return 100 * total // whole if whole else None


def _is_provisional(form: Form, possible: int, asked: int) -> bool:
    return 100 * possible < form.minimum_coverage * asked


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
