"""Interventions as lines of a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from visitapp.cli.output import columns
from visitapp.language import translate
from visitapp.rules.choices import Rag
from visitapp.rules.interventions.states import InterventionResult, InterventionStatus
from visitapp.vocabulary import choice_word
from visitapp.vocabulary.interventions import a_month, measured_words, needed_words

if TYPE_CHECKING:
    from visitapp.services.interventions.views import (
        CriterionView,
        Figures,
        InterventionLine,
        InterventionView,
    )


def intervention_lines(one: InterventionView) -> list[str]:
    """An intervention with its criteria, its visits, and before and after."""
    facts = [
        (translate("State"), choice_word(InterventionStatus, one.status)),
        (translate("Why"), one.why),
        (translate("Evidence"), one.grounds),
        (translate("Referred"), _by(one.referred_on, one.referred_by)),
        (translate("Decided"), _by(one.decided_on, one.decided_by)),
        (translate("Reason"), one.ended_reason),
        (translate("Intervention officer"), one.officer),
        (translate("Contract officer"), one.contract_officer),
        (translate("Dates"), _dates(one)),
        (translate("Sustained from"), one.sustained_from),
        (translate("To be held until"), one.held_until),
        (translate("Stepped down on"), one.stepped_down_on),
        (translate("Ended on"), one.ended_on),
        (translate("Result"), choice_word(InterventionResult, one.result) if one.result else ""),
        (translate("Summary"), one.summary),
    ]
    lines = [translate("{setting}: {id}", setting=one.setting, id=one.id)]
    lines += [f"  {label}: {text}" for label, text in facts if text]
    lines.append("  " + _holding(one))
    lines += [f"    {line}" for line in columns([_criterion(each) for each in one.criteria])]
    lines.append(
        "  " + translate("{n} visits made, {m} planned.", n=len(one.visits), m=len(one.planned))
    )
    if one.carried_areas:
        areas = ", ".join(one.carried_areas)
        lines.append("  " + translate("Carried to the next visit: {areas}", areas=areas))
    return [*lines, *(f"  {line}" for line in figure_lines([one.before, one.after]))]


def figure_lines(figures: Sequence[Figures]) -> list[str]:
    """The figures of several days, a row each."""
    rows = [
        (
            one.on.isoformat(),
            translate("our rating {rag}", rag=choice_word(Rag, one.rag)),
            translate("regulator {rating}", rating=one.regulator or translate("not known")),
            *(f"{risk.title} {risk.level or choice_word(Rag, risk.rag)}" for risk in one.risks),
            translate("{n} of {all} verified", n=one.verified, all=one.actions),
            translate("{n} concerns a month", n=a_month(one.tenths_a_month)),
        )
        for one in figures
    ]
    return columns(rows)


def line_rows(found: Sequence[InterventionLine]) -> list[tuple[str, ...]]:
    """A list of interventions."""
    return [
        (
            one.id,
            choice_word(InterventionStatus, one.status),
            (one.starts_on or one.referred_on).isoformat(),
            translate("{n} of {all} hold", n=one.holding, all=one.criteria),
            one.officer,
            one.setting,
        )
        for one in found
    ]


def _criterion(one: CriterionView) -> tuple[str, ...]:
    held = one.state.since
    return (
        one.id,
        one.text,
        measured_words(one.state.first, one.unit),
        measured_words(one.state.now, one.unit),
        needed_words(one.bound, one.unit, one.needed, one.times),
        translate("holds since {day}", day=held.isoformat()) if held else translate("not yet"),
    )


def _holding(one: InterventionView) -> str:
    return translate("{n} of {all} exit criteria hold.", n=one.holding, all=len(one.criteria))


def _by(day: date | None, who: str) -> str:
    return f"{day.isoformat()}, {who}" if day else ""


def _dates(one: InterventionView) -> str:
    if one.starts_on is None:
        return ""
    return translate("{first} to {last}", first=one.starts_on, last=one.planned_to)
