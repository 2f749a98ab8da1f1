"""A council's own rules, as values: how often it visits, when a better rating stands, and so on.

Each key is declared once, here and in the modules beside: its type, its limits and a label. The
check of a policy file, the schema for editors, the comparison of two versions and `visitapp policy
show` all read this declaration.

A policy never enters `forms.rate`: the outcome of a visit depends on its form and answers alone.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta

from visitapp.language import message
from visitapp.rules.policy.authority import StepAuthority
from visitapp.rules.policy.casework import ConcernRules, Theme
from visitapp.rules.policy.escalation import EscalationRules
from visitapp.rules.policy.frequency import VisitRules, WorkingDayRules
from visitapp.rules.policy.interventions import InterventionRules
from visitapp.rules.policy.market import (
    ManagementRules,
    NoticeRules,
    PassphraseRules,
    RetentionRules,
)
from visitapp.rules.policy.paper import PaperRules
from visitapp.rules.policy.parts import Part, says
from visitapp.rules.policy.placements import PlacementRules
from visitapp.rules.policy.visiting import (
    ActionRules,
    RatingRules,
    ReviewRules,
    RiskRules,
)


class Policy(Part, frozen=True, kw_only=True):
    """One version of a council's rules."""

    title = "the policy"

    version: Annotated[str, Meta(max_length=20), says(message("The name of this version."))]
    in_force_from: Annotated[date, says(message("The date on which it comes into force."))]
    visits: Annotated[VisitRules, says(message("How often settings are visited."))]
    working_days: Annotated[WorkingDayRules, says(message("The days on which the council works."))]
    ratings: Annotated[RatingRules, says(message("When a rating stands."))]
    placements: Annotated[
        PlacementRules, says(message("Who decides on placements, and when that is reviewed."))
    ]
    risk: Annotated[RiskRules, says(message("How much a risk model must know."))]
    actions: Annotated[ActionRules, says(message("When actions are due."))]
    review: Annotated[ReviewRules, says(message("Which signed-off visits are reviewed."))]
    steps: Annotated[
        tuple[StepAuthority, ...],
        says(message("Steps that fewer people may take than the program allows.")),
    ]
    passphrases: Annotated[PassphraseRules, says(message("The rules for passwords."))]
    themes: Annotated[
        tuple[Theme, ...],
        Meta(min_length=1),
        says(message("The themes of concerns, incidents and findings.")),
    ]
    concerns: Annotated[
        ConcernRules, says(message("Time limits for concerns, and clusters of them."))
    ]
    interventions: Annotated[
        InterventionRules, says(message("How long interventions run, and how often they visit."))
    ]
    escalation: Annotated[
        EscalationRules,
        says(message("The escalation ladder, who may take its steps, and letters.")),
    ]
    management: Annotated[ManagementRules, says(message("The management level of a contract."))]
    notices: Annotated[
        NoticeRules, says(message("Who is notified of changes, and the wording of notices."))
    ]
    paper: Annotated[PaperRules, says(message("What reports say of the council."))]
    retention: Annotated[RetentionRules, says(message("How long records are kept."))]
