"""The sections of a policy on casework: themes, and the time limits of concerns."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from visitapp.language import message
from visitapp.rules.choices import Role
from visitapp.rules.concerns.states import ConcernKind, ConcernStage
from visitapp.rules.policy.parts import Id, Label, Part, says

Area = Literal[
    "leadership",
    "staffing",
    "training",
    "personalisation",
    "care_plans",
    "health_safety",
    "safeguarding",
    "complaints",
    "user_views",
    "partnership",
]
"""The ten areas of paper 002 ¶26, by their ids in the quality forms."""
Unit = Literal["hours", "days", "working_days", "months"]


class Theme(Part, frozen=True, kw_only=True):
    """The themes of concerns, incidents and findings."""

    title = "a theme"
    follows = message(
        "Concerns that are logged from that day on can have these themes. A concern keeps a theme "
        "that is no longer listed."
    )

    id: Annotated[Id, says(message("A permanent id, unique among themes."))]
    label: Annotated[Label, says(message("The name that people see."))]
    area: Annotated[Area, says(message("Area."))]


class Clock(Part, frozen=True, kw_only=True):
    """A time limit in the life of a concern."""

    title = "a clock"

    id: Annotated[Id, says(message("A permanent id, unique among clocks."))]
    stage: Annotated[ConcernStage, says(message("Waits until the concern is."))]
    kinds: Annotated[tuple[ConcernKind, ...], Meta(min_length=1), says(message("Concerns."))]
    severities: Annotated[
        tuple[Annotated[int, Meta(ge=1, le=4)], ...],
        says(message("Severities (all, when left out).")),
    ] = ()
    within: Annotated[int, Meta(ge=0, le=366), says(message("Limit."))]
    unit: Annotated[Unit, says(message("Counted in."))]
    after: Annotated[
        str,
        Meta(max_length=40),
        says(message("Starts when this clock ends (at receipt, when left out).")),
    ] = ""
    counts: Annotated[
        bool, says(message("A concern that misses it is late (no when it is for information)."))
    ] = True


class Restriction(Part, frozen=True, kw_only=True):
    """Who sees a restricted concern of one kind, beside those who made and handle it."""

    title = "a restriction"

    kind: Annotated[ConcernKind, says(message("Kind of concern."))]
    roles: Annotated[
        tuple[Role, ...], Meta(min_length=1), says(message("Roles that see a restricted one."))
    ]
    always: Annotated[bool, says(message("Every one is restricted from the start."))] = False


class ConcernRules(Part, frozen=True, kw_only=True):
    """Time limits for concerns, and when several of them are a cluster."""

    title = "the concern rules"
    follows = message(
        "Time limits and clusters are counted by these rules from that day on, for open concerns "
        "too. A concern that is already restricted keeps the roles that see it."
    )

    cluster_count: Annotated[
        int, Meta(ge=2, le=20), says(message("Concerns of one theme that make a cluster."))
    ]
    cluster_days: Annotated[
        int, Meta(ge=1, le=366), says(message("Days within which the concerns of a cluster lie."))
    ]
    support_months: Annotated[
        int,
        Meta(ge=1, le=24),
        says(message("Months after which the effect of support is looked at.")),
    ] = 3
    clocks: Annotated[
        tuple[Clock, ...], Meta(min_length=1), says(message("The time limits of concerns."))
    ]
    restricted: Annotated[
        tuple[Restriction, ...], says(message("Who sees restricted concerns, by kind."))
    ] = ()
