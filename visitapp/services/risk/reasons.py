"""Why a setting stands where it does in the ranking, and what moved it, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sqlalchemy import Row

from forms.model import Question
from forms.rating.answers import scale_value
from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.services.views.risk import RiskInput, RiskReason
from visitapp.standing.risk.live import Given, LiveRisk, result_of
from visitapp.standing.risk.scores import changed_questions

_MOST, _FIRST = 3, 2


def reasons_of(risk: LiveRisk, by: str) -> list[str]:
    """What holds the result where it is, at most three: answers that limit it by themselves, then
    those that cost it most."""
    return [one.text for one in _reasons(risk, by, _MOST)]


def aged_reasons(risk: LiveRisk, by: str, *, recorded: bool) -> list[RiskReason]:
    """The first two of them, each with the day of what it rests on. `recorded`: the risk is the
    server's row, which does not say the days."""
    found = _reasons(risk, by, _FIRST)
    return [RiskReason(text=one.text) for one in found] if recorded else found


def _reasons(risk: LiveRisk, by: str, most: int) -> list[RiskReason]:
    result = result_of(risk.outcome, by)
    limits = [one.question for one in result.because if one.question] if result is not None else []
    ids = {area.id for area in risk.form.areas}
    named = next((one for one in risk.form.results if one.id == by), None)
    areas = set(named.areas) if named is not None else ids
    lost = sorted(_lost(risk, areas), key=lambda pair: -pair[0])
    ordered = dict.fromkeys([*limits, *(question for _, question in lost)])
    said = []
    for name in list(ordered)[:most]:
        line = _line(risk, name)
        if name in limits:
            line = translate("{reason} (limits the result)", reason=line)
        said.append(RiskReason(text=line, on=risk.given[name].on))
    if not said and result is not None:
        said = [RiskReason(text=one.text) for one in result.because[:1]]
    return said


def moves_of(risk: LiveRisk, before: Row[Any]) -> list[str]:
    """What counts otherwise than in an earlier row: each question with what was and what is."""
    form = risk.form
    if (before.model_id, before.model_version) != (form.id, form.version):
        return [translate("The risk model is another one: {title}.", title=form.title)]
    now = risk.answers()
    return [
        translate(
            "{question} {before} → {now}",
            question=form.questions[name].ask,
            before=_worded(form.questions[name], before.answers.get(name)),
            now=_worded(form.questions[name], now.get(name)),
        )
        for name in changed_questions(form, before.answers, now)
    ]


def inputs_of(risk: LiveRisk) -> dict[str, list[RiskInput]]:
    """Every question of the model, by the title of its area, in form order."""
    return {
        area.title: [_input(question, risk.given.get(question.id)) for question in area.questions]
        for area in risk.form.areas
    }


def _lost(risk: LiveRisk, areas: set[str]) -> Iterator[tuple[Fraction, str]]:
    """What each answer below the best costs, as a share of its area."""
    answers = risk.answers()
    for area in risk.form.areas:
        if area.id not in areas:
            continue
        for question in area.questions:
            scale = question.scale
            if question.id not in answers or scale is None or scale.best is None:
                continue
            value = scale_value(question, {"value": answers[question.id]})
            best = scale.best.score
            if value is None or value.score is None or best is None or value.score >= best:
                continue
            yield question.weight * area.weight * (best - value.score), question.id


def _line(risk: LiveRisk, name: str) -> str:
    """What the records say, in their own sentence; an officer's answer with the question."""
    question, given = risk.form.questions[name], risk.given[name]
    if given.origin and question.type not in ("number", "percent"):
        return given.origin.removesuffix(".")
    answer = _worded(question, given.value)
    return translate("{question} {answer}", question=question.ask, answer=answer)


def _worded(question: Question, value: Any) -> str:
    if value is None:
        return translate("not known")
    if question.type == "percent":
        return translate("{n}%", n=value)
    on_scale = scale_value(question, {"value": value})
    return on_scale.label if on_scale is not None and question.type == "choice" else str(value)


def _input(question: Question, given: Given | None) -> RiskInput:
    if given is None:
        return RiskInput(question=question.id, ask=question.ask, answer="", rag="", origin="")
    on_scale = scale_value(question, {"value": given.value})
    return RiskInput(
        question=question.id,
        ask=question.ask,
        answer=_worded(question, given.value),
        rag=(on_scale.rag or "") if on_scale is not None else "",
        origin=_origin(given),
        stale=given.stale,
    )


def _origin(given: Given) -> str:
    if given.origin:
        return given.origin
    day = short_day(given.on)
    if given.stale:
        return translate("Answered by hand on {day}, too long ago to count.", day=day)
    if given.instead:
        said = {"day": day, "reason": given.reason, "said": given.instead}
        return translate("By hand on {day}: {reason} The records say: {said}", **said)
    return translate("Answered by hand on {day}.", day=day)
