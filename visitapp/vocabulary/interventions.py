"""The words of interventions: their choices and fields."""

from __future__ import annotations

from enum import StrEnum

from visitapp.language import Message, message
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
    "checked_by": message("checked by"),
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
