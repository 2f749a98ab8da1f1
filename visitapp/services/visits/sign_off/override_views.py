"""Overrides of outcomes, and what is printed of them for ever."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import OutcomeOverride, OverrideStatus, Rag, Setting, Step, Visit
from visitapp.services.lookup import titles
from visitapp.services.views.decided.overrides import OverrideView
from visitapp.vocabulary import choice_word


def override_views(session: Session, *conditions: ColumnElement[bool]) -> list[OverrideView]:
    """The overrides that meet the conditions, the oldest first."""
    found = session.execute(
        select(OutcomeOverride, Setting.name, Visit.visited_on)
        .join(Setting, Setting.id == OutcomeOverride.setting_id)
        .join(Visit, Visit.id == OutcomeOverride.visit_id)
        .where(OutcomeOverride.deleted.is_(False), *conditions)
        .order_by(OutcomeOverride.created_at, OutcomeOverride.id)
    ).all()
    people = [id_ for one, _, _ in found for id_ in (one.created_by, one.decided_by)]
    names, reasons = titles(session, people), _decisions(session, [one.id for one, _, _ in found])
    return [
        OverrideView(
            id=one.id,
            visit_id=one.visit_id,
            setting_id=one.setting_id,
            setting=setting,
            visited_on=visited_on,
            outcome_rag=one.outcome_rag,
            rag=one.rag,
            reason=one.reason,
            asked_by=names.get(one.created_by, ""),
            asked_at=one.created_at,
            status=one.status,
            decided_by=names.get(one.decided_by or "", ""),
            decided_on=one.decided_on,
            decision=reasons.get(one.id, ""),
        )
        for one, setting, visited_on in found
    ]


def overrides_of(session: Session, visit: Visit) -> list[OverrideView]:
    """The overrides of the outcome that a visit was last signed off with, the oldest first. Those
    that were withdrawn are left out."""
    return override_views(
        session,
        OutcomeOverride.visit_id == visit.id,
        OutcomeOverride.signed_off_at == visit.signed_off_at,
        OutcomeOverride.status != OverrideStatus.WITHDRAWN,
    )


def override_line(one: OverrideView) -> str:
    """Both ratings, who asked and why, and who decided."""
    asked = translate(
        "Outcome {outcome}, overridden to {rag} by {who}: {reason}",
        outcome=choice_word(Rag, one.outcome_rag),
        rag=choice_word(Rag, one.rag),
        who=one.asked_by,
        reason=one.reason,
    )
    if one.decided_on is None:
        return f"{asked} {translate('(a team lead has not agreed yet)')}"
    when = {"who": one.decided_by, "day": short_day(one.decided_on)}
    decided = (
        translate("Agreed by {who}, {day}.", **when)
        if one.agreed
        else translate("Declined by {who}, {day}.", **when)
    )
    return " ".join(part for part in (asked, decided, one.decision) if part)


def _decisions(session: Session, ids: list[str]) -> dict[str, str]:
    steps = session.execute(
        select(Step.record_id, Step.reason)
        .where(
            Step.kind == OutcomeOverride.__tablename__,
            Step.record_id.in_(ids),
            Step.after.in_((OverrideStatus.AGREED, OverrideStatus.DECLINED)),
            Step.accepted.is_(True),
        )
        .order_by(Step.created_at, Step.id)
    )
    return {row.record_id: row.reason for row in steps}
