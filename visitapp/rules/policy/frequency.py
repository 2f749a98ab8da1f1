"""The sections of a policy on how often settings are visited, and on working days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from visitapp.language import message
from visitapp.rules.choices import ServiceType
from visitapp.rules.policy.market import RiskLevel
from visitapp.rules.policy.parts import Days, Id, Label, Part, says
from visitapp.rules.visiting.working_days import Calendar, Nation

RuledPurpose = Literal[
    "annual", "risk_led", "themed", "intervention", "joint", "contract_review", "desktop"
]
RuledRating = Literal["green", "amber", "red", "unrated"]
RegulatorRating = Literal[
    "outstanding",
    "good",
    "requires_improvement",
    "inadequate",
    "grade_6",
    "grade_5",
    "grade_4",
    "grade_3",
    "grade_2",
    "grade_1",
]
"""As `rules.indicators.regulator_value` reads them: the CQC's words, the Care Inspectorate's
grades."""
Level = Literal["proactive", "oversight", "self_certification"]
InIntervention = Literal["either", "open", "none"]
Limit = Literal["days", "working_days", "weeks", "months"]
Start = Literal[
    "last_visit",
    "joined",
    "rating",
    "regulator_report",
    "enforcement",
    "new_manager",
    "new_owner",
    "serious_concern",
    "cluster",
    "intervention_ended",
]
"""What a rule counts from. All but the first two are events: any visit on site afterwards answers
them."""


class VisitRule(Part, frozen=True, kw_only=True):
    """A visit that a setting is due, while every condition of the rule holds."""

    title = "a visit rule"

    id: Annotated[Id, says(message("A permanent id, unique among visit rules."))]
    label: Annotated[Label, says(message("The reason that people see."))]
    purpose: Annotated[RuledPurpose, says(message("Visit."))]
    service_types: Annotated[tuple[ServiceType, ...], says(message("Services."))] = ()
    ratings: Annotated[tuple[RuledRating, ...], says(message("Quality rating."))] = ()
    risks: Annotated[tuple[RiskLevel, ...], says(message("Risk."))] = ()
    levels: Annotated[tuple[Level, ...], says(message("Management level."))] = ()
    regulator: Annotated[tuple[RegulatorRating, ...], says(message("Regulator's rating."))] = ()
    key_supplier: Annotated[bool, says(message("Only key suppliers."))] = False
    out_of_county: Annotated[bool, says(message("Only out of county."))] = False
    intervention: Annotated[InIntervention, says(message("Intervention."))] = "either"
    within: Annotated[int, Meta(ge=1, le=366), says(message("Within."))]
    unit: Annotated[Limit, says(message("Counted in."))]
    of: Annotated[Start, says(message("Counted from."))]
    not_before: Annotated[
        int,
        Meta(ge=0, le=366),
        says(message("Visits before this do not count.")),
    ] = 0


class VisitRules(Part, frozen=True, kw_only=True):
    """How often settings are visited. Each purpose has its own clock; the earliest date wins."""

    title = "the visit rules"
    follows = message(
        "Due dates move on the first day of the new version. Recorded and planned visits do not "
        "change."
    )

    rules: Annotated[
        tuple[VisitRule, ...],
        Meta(min_length=1),
        says(message("The visits that a setting is due. The earliest date wins.")),
    ]
    due_soon_days: Annotated[
        Days, says(message("Days before its date from which a visit counts as due soon."))
    ]
    opens_days: Annotated[
        Days, says(message("Days before its date on which a planned visit opens."))
    ]
    moves_to_lead: Annotated[
        int,
        Meta(ge=1, le=20),
        says(message("Moves after which a planned visit is on the team lead's list.")),
    ]


class WorkingDayRules(Part, frozen=True, kw_only=True):
    """The days on which the council works."""

    title = "the working days"
    follows = message(
        "It applies to dates worked out from that day on. Recorded due dates do not change."
    )

    calendar: Annotated[Nation, says(message("The bank holidays."))]
    closure_days: Annotated[
        tuple[date, ...], says(message("Other days on which the council is closed."))
    ] = ()

    def days(self) -> Calendar:
        """The calendar to count with."""
        return Calendar(self.calendar, frozenset(self.closure_days))
