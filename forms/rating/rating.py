"""The rating: answers to a form become an outcome that explains itself (docs/form-format.md)."""

from __future__ import annotations

from collections.abc import Mapping

from forms.levels import UNRATED
from forms.model import Form
from forms.rating.answer_values import Answers
from forms.rating.answers import is_answered
from forms.rating.outcome import ENGINE, AreaOutcome, FormRef, Outcome, ResultOutcome
from forms.rating.plan import Plan, plan_of
from forms.rating.reasons import Reasons
from forms.rating.totals import Totals
from forms.rating.verdict import Verdict, decide, is_below
from forms.rating.would_change import would_change


def rate(
    form: Form,
    answers: Answers,
    setting: Mapping[str, object] | None = None,
    engine: int = ENGINE,
    *,
    hopes: bool = True,
) -> Outcome:
    """The outcome of `answers`, on a form that was read by `read_form`.

    `engine`, one of `ENGINES`, is that of a stored outcome where this one is to equal it.
    `hopes`: whether what would change it is worked out too, which takes longest.
    `setting` holds the facts that conditions read as `setting.<fact>`. Answers that
    `check_answers` refuses count as not given. Percentages are whole, rounded down; an area or a
    form where nothing counts is unrated, and as nothing is left unchecked its coverage is 100.
    """
    totals = Totals(plan_of(form), answers, setting or {}, engine)
    verdict = decide(totals)
    reasons = Reasons(totals, verdict)
    because, also = reasons.of_overall()
    results = _results(totals, verdict, reasons) if form.results else []
    asked, possible = sum(totals.asked), sum(totals.possible)
    overall, level = _graded(totals.plan, verdict.overall)
    return Outcome(
        form=FormRef(form.id, form.version),
        overall=overall,
        percent=_percent(verdict.total, verdict.whole),
        coverage=_coverage(possible, asked),
        provisional=any(result.provisional for result in results)
        or is_below(form.minimum_coverage, possible, asked),
        areas=_areas(totals, verdict),
        because=because,
        also=also,
        would_change=would_change(totals, verdict) if hopes else [],
        unanswered=_unanswered(totals, answers),
        level=level,
        results=results,
        engine=engine,
    )


def _areas(totals: Totals, verdict: Verdict) -> list[AreaOutcome]:
    outcomes = []
    for place, area in enumerate(totals.plan.form.areas):
        gained, possible = totals.gained[place], totals.possible[place]
        rag, level = _graded(totals.plan, verdict.ranks[place])
        outcomes.append(
            AreaOutcome(
                id=area.id,
                rag=rag,
                percent=_percent(gained, possible),
                coverage=_coverage(possible, totals.asked[place]),
                level=level,
            )
        )
    return outcomes


def _results(totals: Totals, verdict: Verdict, reasons: Reasons) -> list[ResultOutcome]:
    plan = totals.plan
    outcomes = []
    for number, result in enumerate(plan.form.results):
        places, part = plan.parts[number].areas, verdict.parts[number]
        asked = sum(totals.asked[place] for place in places)
        possible = sum(totals.possible[place] for place in places)
        rag, level = _graded(plan, part.rank)
        because, also = reasons.of_part(number)
        outcomes.append(
            ResultOutcome(
                id=result.id,
                title=result.title,
                rag=rag,
                percent=_percent(part.total, part.whole),
                coverage=_coverage(possible, asked),
                provisional=is_below(plan.form.minimum_coverage, possible, asked),
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


def _coverage(possible: int, asked: int) -> int:
    return 100 * possible // asked if asked else 100


def _unanswered(totals: Totals, answers: Answers) -> list[str]:
    """Relevant required questions without an answer, in form order."""
    missing = []
    for place, planned in enumerate(totals.plan.questions):
        question = planned.question
        if totals.moves[place] or not (question.required and totals.relevant[place]):
            continue
        if not is_answered(question, answers.get(question.id)):
            missing.append(question.id)
    return missing
