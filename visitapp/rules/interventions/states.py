"""The states of an intervention, and the choices of its exit criteria. `visitapp.vocabulary` has
their words."""

from __future__ import annotations

from enum import StrEnum


class InterventionStatus(StrEnum):
    """The states of an intervention (`rules.interventions.intervention_life`)."""

    REFERRED = "referred"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ACTIVE = "active"
    SUSTAINING = "sustaining"
    STEPPED_DOWN = "stepped_down"
    CLOSED = "closed"


OPEN_INTERVENTIONS = (
    InterventionStatus.ACTIVE,
    InterventionStatus.SUSTAINING,
    InterventionStatus.STEPPED_DOWN,
)
"""The intervention officer sees the setting and works there, beside its contract officer."""

UNFINISHED_INTERVENTIONS = (InterventionStatus.REFERRED, *OPEN_INTERVENTIONS)
"""A setting has one of these at most."""


class InterventionResult(StrEnum):
    """How an intervention ended."""

    ACHIEVED = "achieved"
    PARTLY = "partly"
    NOT_ACHIEVED = "not_achieved"
    SETTING_CLOSED = "setting_closed"


class Measure(StrEnum):
    """What an exit criterion is measured by. All but readings are worked out from records."""

    PLAN = "plan"
    """How much of the improvement plan is verified, in per cent."""
    AREAS = "areas"
    """How many areas are Red at a visit that sets the rating."""
    ANSWER = "answer"
    """What a question found at the visits that asked it, in per cent."""
    CONCERNS = "concerns"
    """Days since the last concern of severity 3 or 4."""
    MANAGER = "manager"
    """Months for which the same registered manager is in post."""
    READING = "reading"
    """What somebody counted, and wrote down."""


class Bound(StrEnum):
    """On which side of the needed value a criterion holds."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Unit(StrEnum):
    """What the needed value of a criterion counts."""

    NUMBER = "number"
    PERCENT = "percent"
    DAYS = "days"
    MONTHS = "months"


UNITS: dict[Measure, tuple[Unit, ...]] = {
    Measure.PLAN: (Unit.PERCENT,),
    Measure.AREAS: (Unit.NUMBER,),
    Measure.ANSWER: (Unit.PERCENT,),
    Measure.CONCERNS: (Unit.DAYS,),
    Measure.MANAGER: (Unit.MONTHS,),
    Measure.READING: (Unit.NUMBER, Unit.PERCENT),
}
"""The units that each measure may be in; the first is the usual one."""

BOUNDS: dict[Measure, tuple[Bound, ...]] = {
    Measure.PLAN: (Bound.AT_LEAST,),
    Measure.AREAS: (Bound.AT_MOST,),
    Measure.ANSWER: (Bound.AT_LEAST, Bound.AT_MOST),
    Measure.CONCERNS: (Bound.AT_LEAST,),
    Measure.MANAGER: (Bound.AT_LEAST,),
    Measure.READING: (Bound.AT_LEAST, Bound.AT_MOST),
}
"""The same for bounds."""
