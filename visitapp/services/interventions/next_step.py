"""What somebody does next at an intervention, in a sentence."""

from __future__ import annotations

from datetime import date

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.rules.interventions.states import InterventionStatus
from visitapp.services.interventions.views import InterventionView


def next_step(one: InterventionView, today: date) -> str:
    """The next thing to do; empty once it ended."""
    match one.status:
        case InterventionStatus.REFERRED:
            return translate("A team lead accepts or refuses the referral.")
        case InterventionStatus.ACTIVE:
            return _active(one, today)
        case InterventionStatus.SUSTAINING | InterventionStatus.STEPPED_DOWN:
            return _held(one, today)
    return ""


def waits_for_officer(one: InterventionView, today: date) -> bool:
    """Whether the intervention officer has something to do other than wait for a planned visit."""
    match one.status:
        case InterventionStatus.ACTIVE:
            late = one.planned_to is not None and one.planned_to < today
            return not one.criteria or one.hold_since is not None or late or not one.planned
        case InterventionStatus.SUSTAINING | InterventionStatus.STEPPED_DOWN:
            held = one.held_until is not None and one.held_until <= today
            return one.hold_since is None or (held and one.status == InterventionStatus.SUSTAINING)
    return False


def _active(one: InterventionView, today: date) -> str:
    if not one.criteria:
        return translate("Set the exit criteria: what must hold before it ends.")
    if one.hold_since is not None:
        return translate(
            "Every exit criterion holds since {day}. Say so, so that the time in which results "
            "are held begins.",
            day=short_day(one.hold_since),
        )
    if one.planned_to is not None and one.planned_to < today:
        return translate(
            "It was planned to {day}. A team lead gives it another end, or closes it.",
            day=short_day(one.planned_to),
        )
    return _visit(one, today)


def _visit(one: InterventionView, today: date) -> str:
    if not one.planned:
        return translate("Plan the visits.")
    day = one.planned[0].planned_on
    if day <= today:
        return translate("Make the visit that was planned for {day}.", day=short_day(day))
    return translate("The next visit is planned for {day}.", day=short_day(day))


def _held(one: InterventionView, today: date) -> str:
    if one.hold_since is None:
        return translate("An exit criterion no longer holds. Say so: the count starts again.")
    if one.held_until is not None and one.held_until > today:
        return translate("Hold the results until {day}.", day=short_day(one.held_until))
    if one.status == InterventionStatus.STEPPED_DOWN:
        return translate("Results were held. A team lead closes it.")
    return translate("Results were held. Step down to fewer visits, or a team lead closes it.")
