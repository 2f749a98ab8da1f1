"""The risk of settings as this device shows it: worked out now, or as the server recorded it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Row
from sqlalchemy.orm import Session

from forms import rate
from forms.levels import outcome_label
from forms.model import Form
from forms.rating.outcome import Outcome, ResultOutcome
from visitapp.errors import NotFound
from visitapp.records import Role
from visitapp.services.context import Desk
from visitapp.services.visits.outcome_labels import NamedOutcome
from visitapp.standing.risk.live import CONTRACT, QUALITY, Given, LiveRisk, live_risks, result_of
from visitapp.standing.risk.scores import last_scores


class RiskNow(Struct, frozen=True):
    """The risk of one setting now, or as the server recorded it last."""

    risk: LiveRisk
    recorded_on: date | None = None


def risks_now(
    session: Session, desk: Desk, setting_ids: Collection[str] | None = None
) -> dict[str, RiskNow]:
    """Of every open setting with a model, or of those named. A manager's device has no answers, so
    it shows what the server recorded last."""
    if desk.user(session).role == Role.MANAGER:
        return {
            id_: one
            for id_, row in last_scores(session, desk.today()).items()
            if (setting_ids is None or id_ in setting_ids)
            and (one := _recorded(desk, row)) is not None
        }
    rules, form_of = desk.policy(session).risk, desk.library.form
    risks = live_risks(session, desk.directory, form_of, rules, desk.today(), setting_ids)
    return {id_: RiskNow(risk) for id_, risk in risks.items()}


def named_results(risk: LiveRisk) -> tuple[NamedOutcome, NamedOutcome | None]:
    """The quality result and, of a model that keeps it apart, the contract result."""
    quality = result_of(risk.outcome, QUALITY)
    contract = result_of(risk.outcome, CONTRACT)
    assert quality is not None
    return _named(risk.form, quality), _named(risk.form, contract) if contract is not None else None


def rag_of(result: Outcome | ResultOutcome) -> str:
    """The colour of a result."""
    return result.rag if isinstance(result, ResultOutcome) else result.overall


def _named(form: Form, result: Outcome | ResultOutcome) -> NamedOutcome:
    return NamedOutcome(
        title=result.title if isinstance(result, ResultOutcome) else form.title,
        rag=rag_of(result),
        level=outcome_label(form, result),
        percent=result.percent,
    )


def _recorded(desk: Desk, row: Row[Any]) -> RiskNow | None:
    try:
        form = desk.library.form(row.model_id, row.model_version)
    except NotFound:
        return None
    given = {name: Given(value=value, on=row.scored_on) for name, value in row.answers.items()}
    answers = {name: {"value": value} for name, value in row.answers.items()}
    outcome = rate(form, answers, {}, hopes=False)
    risk = LiveRisk(setting_id=row.setting_id, form=form, given=given, outcome=outcome)
    return RiskNow(risk, row.scored_on)
