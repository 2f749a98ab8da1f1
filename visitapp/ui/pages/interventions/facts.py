"""The sentences of the page of an intervention."""

from __future__ import annotations

from visitapp.language import plural, translate
from visitapp.rules.interventions.states import InterventionResult, InterventionStatus
from visitapp.services.interventions.views import InterventionView
from visitapp.ui import words
from visitapp.vocabulary import choice_word


def facts_of(one: InterventionView) -> str:
    """State and dates, who decided, who works on it, and the end, a line each."""
    dates = ""
    if one.starts_on and one.planned_to:
        dates = translate(
            "{first} to {last}", first=words.day(one.starts_on), last=words.day(one.planned_to)
        )
    state = choice_word(InterventionStatus, one.status)
    lines = (words.joined(state, dates), _decided(one), _officers(one), _ended(one), one.summary)
    return "\n".join(line for line in lines if line)


def _decided(one: InterventionView) -> str:
    referred = translate(
        "Referred {day} by {who}", day=words.day(one.referred_on), who=one.referred_by
    )
    if one.decided_on is None:
        return referred
    return words.joined(
        referred,
        translate("Decided {day} by {who}", day=words.day(one.decided_on), who=one.decided_by),
    )


def _officers(one: InterventionView) -> str:
    contract = one.contract_officer
    return words.joined(
        translate("Intervention officer: {who}", who=one.officer) if one.officer else "",
        translate("Contract officer: {who}", who=contract) if contract else "",
    )


def _ended(one: InterventionView) -> str:
    if one.ended_on is None:
        return ""
    result = choice_word(InterventionResult, one.result) if one.result else ""
    return words.joined(
        translate("Ended {day}", day=words.day(one.ended_on)), result, one.ended_reason
    )


def held_of(one: InterventionView) -> str:
    """How many criteria hold, and until when results are to be held."""
    counts = translate("{n} of {all} exit criteria hold", n=one.holding, all=len(one.criteria))
    if one.held_until is None:
        return counts
    held = translate(
        "sustained from {first}, to be held until {last}",
        first=words.day(one.sustained_from),
        last=words.day(one.held_until),
    )
    return words.joined(counts, held)


def visits_of(one: InterventionView) -> str:
    """How many visits were made and are planned, and the days of those that are."""
    made = plural("{n} visit made", "{n} visits made", len(one.visits))
    planned = plural("{n} planned", "{n} planned", len(one.planned))
    days = ", ".join(words.day(plan.planned_on) for plan in one.planned)
    return words.joined(made, planned, days)


def carried_of(one: InterventionView) -> str:
    """What the next visit asks about."""
    actions = plural("{n} action to verify", "{n} actions to verify", one.carried_actions)
    return translate("Asked next: {what}", what=words.joined(actions, *one.carried_areas))
