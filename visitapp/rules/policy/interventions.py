"""The section of a policy on interventions."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from visitapp.language import message
from visitapp.rules.policy.parts import Part, says


class InterventionRules(Part, frozen=True, kw_only=True):
    """What an intervention has unless somebody says otherwise."""

    title = "interventions"
    follows = message("It is offered for interventions from that day on. Dates already set stay.")

    planned_months: Annotated[
        int, Meta(ge=1, le=36), says(message("Months for which one is planned."))
    ]
    sustain_months: Annotated[
        int, Meta(ge=0, le=36), says(message("Months for which results are to be held."))
    ]
    visit_weeks: Annotated[
        int, Meta(ge=1, le=26), says(message("Weeks from one planned visit to the next."))
    ]
