"""The rows of live risk that the server records at night."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, Subquery, func, select
from sqlalchemy.orm import Session

from forms.model import Form
from forms.rating.answers import scale_value
from visitapp.records import RiskScore
from visitapp.standing.risk.live import CONTRACT, QUALITY, LiveRisk, result_of


def last_scores(session: Session, until: date) -> dict[str, Row[Any]]:
    """The last row of each setting up to a day."""
    ranked = _ranked(until)
    rows = session.execute(select(ranked).where(ranked.c.place == 1))
    return {row.setting_id: row for row in rows}


def last_results(until: date) -> Subquery:
    """The results in the last row of each setting up to a day: `setting_id`, `live_results` and
    `live_on`."""
    ranked = _ranked(until)
    return (
        select(
            ranked.c.setting_id,
            ranked.c.results.label("live_results"),
            ranked.c.scored_on.label("live_on"),
        )
        .where(ranked.c.place == 1)
        .subquery()
    )


def _ranked(until: date) -> Subquery:
    newest = func.row_number().over(
        partition_by=RiskScore.setting_id,
        order_by=(RiskScore.scored_on.desc(), RiskScore.id.desc()),
    )
    return (
        select(
            RiskScore.setting_id,
            RiskScore.scored_on,
            RiskScore.model_id,
            RiskScore.model_version,
            RiskScore.overall,
            RiskScore.percent,
            RiskScore.coverage,
            RiskScore.results,
            RiskScore.answers,
            newest.label("place"),
        )
        .where(RiskScore.deleted.is_(False), RiskScore.scored_on <= until)
        .subquery()
    )


def score_values(risk: LiveRisk) -> dict[str, Any]:
    """The fields of a row that say what the risk is and why."""
    found = {name: result_of(risk.outcome, name) for name in (QUALITY, CONTRACT)}
    return {
        "model_id": risk.form.id,
        "model_version": risk.form.version,
        "overall": risk.outcome.overall,
        "percent": risk.outcome.percent,
        "coverage": risk.outcome.coverage,
        "results": [
            {"id": name, "rag": getattr(one, "rag", risk.outcome.overall), "percent": one.percent}
            for name, one in found.items()
            if one is not None
        ],
        "answers": risk.answers(),
    }


def says_another(values: Mapping[str, Any], row: Row[Any] | None, form: Form) -> bool:
    """Whether the fields of a row that is to be written say another result or another reason than
    the last row. A figure that stays within its band is none."""
    if row is None:
        return True
    results = ("model_id", "model_version", "overall", "percent", "coverage", "results")
    if any(values[name] != getattr(row, name) for name in results):
        return True
    return bool(changed_questions(form, row.answers, values["answers"]))


def changed_questions(form: Form, before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The questions whose answers count otherwise, in form order."""
    return [
        name for name in form.questions if _counted(form, name, before) != _counted(form, name, now)
    ]


def _counted(form: Form, question: str, answers: Mapping[str, Any]) -> object:
    if question not in answers:
        return None
    value = answers[question]
    on_scale = scale_value(form.questions[question], {"value": value})
    return on_scale.value if on_scale is not None else value
