"""The words of interventions: their choices and fields."""

from __future__ import annotations

from enum import StrEnum

from visitapp.language import Message, message, plural, translate
from visitapp.rules.interventions.criteria import Measured, percent
from visitapp.rules.interventions.states import (
    Bound,
    InterventionResult,
    InterventionStatus,
    Measure,
    Unit,
)

INTERVENTION_CHOICES: dict[type[StrEnum], dict[str, Message]] = {
    InterventionStatus: {
        InterventionStatus.REFERRED: message("Referred"),
        InterventionStatus.REFUSED: message("Refused"),
        InterventionStatus.WITHDRAWN: message("Withdrawn"),
        InterventionStatus.ACTIVE: message("Active"),
        InterventionStatus.SUSTAINING: message("Being sustained"),
        InterventionStatus.STEPPED_DOWN: message("Stepped down"),
        InterventionStatus.CLOSED: message("Closed"),
    },
    InterventionResult: {
        InterventionResult.ACHIEVED: message("Achieved"),
        InterventionResult.PARTLY: message("Partly achieved"),
        InterventionResult.NOT_ACHIEVED: message("Not achieved"),
        InterventionResult.SETTING_CLOSED: message("The setting closed"),
    },
    Measure: {
        Measure.PLAN: message("Actions of the plan that are verified"),
        Measure.AREAS: message("Red areas at visits that set the rating"),
        Measure.ANSWER: message("Answers to a question at visits"),
        Measure.CONCERNS: message("Days without a concern of severity 3 or 4"),
        Measure.MANAGER: message("Months with the same registered manager"),
        Measure.READING: message("Readings that are written down"),
    },
    Bound: {
        Bound.AT_LEAST: message("At least"),
        Bound.AT_MOST: message("At most"),
    },
    Unit: {
        Unit.NUMBER: message("Number"),
        Unit.PERCENT: message("Per cent"),
        Unit.DAYS: message("Days"),
        Unit.MONTHS: message("Months"),
    },
}

INTERVENTION_FIELDS: dict[str, Message] = {
    "bound": message("bound"),
    "how_checked": message("checked by"),
    "counted": message("counted"),
    "counted_of": message("of how many"),
    "counted_on": message("counted on"),
    "criterion_id": message("exit criterion"),
    "grounds": message("evidence for the referral"),
    "intervention_id": message("intervention"),
    "measure": message("measured by"),
    "needed": message("value needed"),
    "planned_to": message("planned to"),
    "referred_on": message("referred on"),
    "result": message("result"),
    "stepped_down_on": message("stepped down on"),
    "summary": message("summary"),
    "sustain_months": message("months to be sustained"),
    "sustained_from": message("sustained from"),
    "times": message("times running"),
}


def measured_words(one: Measured | None, unit: str) -> str:
    """`9 of 20 (45%)`, `33 days`; a dash where nothing was found."""
    if one is None:
        return "—"
    share = percent(one)
    if one.of is not None and share is not None:
        if one.of == 100 and unit == Unit.PERCENT:
            return f"{one.value}%"
        return translate("{n} of {all} ({percent}%)", n=one.value, all=one.of, percent=share)
    return _counted(unit, one.value)


def needed_words(bound: str, unit: str, needed: int, times: int) -> str:
    """`At most 5%, 2 times running`."""
    value = f"{needed}%" if unit == Unit.PERCENT else _counted(unit, needed)
    said = (
        translate("At least {value}", value=value)
        if bound == Bound.AT_LEAST
        else translate("At most {value}", value=value)
    )
    if times == 1:
        return said
    return translate("{needed}, {n} times running", needed=said, n=times)


def _counted(unit: str, value: int) -> str:
    if unit == Unit.DAYS:
        return plural("{n} day", "{n} days", value)
    if unit == Unit.MONTHS:
        return plural("{n} month", "{n} months", value)
    return str(value)


def a_month(tenths: int) -> str:
    """`1.7` for 17 tenths."""
    return f"{tenths // 10}.{tenths % 10}"
