"""The sections of a policy on what visits lead to: ratings, actions, reviews."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from visitapp.language import message
from visitapp.rules.policy.parts import Days, Part, Percent, says

Moment = Literal["sign_off", "approval"]


class RatingRules(Part, frozen=True, kw_only=True):
    """When a rating stands."""

    title = "the rating rules"
    follows = message(
        "It applies to sign-offs and reviews that the server receives from that day on. Existing "
        "ratings do not change."
    )

    better_at: Annotated[Moment, says(message("When a better rating stands."))]
    first_green_at: Annotated[Moment, says(message("When a first rating that is Green stands."))]
    days_ahead: Annotated[
        int,
        Meta(ge=0, le=7),
        says(message("Days after its own date that the server accepts for a visit.")),
    ]


class RiskRules(Part, frozen=True, kw_only=True):
    """How much a risk model must know."""

    title = "the risk rules"
    follows = message(
        "Each risk model states its own minimum, so publish new versions of the risk models with "
        "this policy."
    )

    coverage_floor: Annotated[
        Percent,
        says(message("Per cent of a risk model that must be answered before it shows a colour.")),
    ]


class ActionDays(Part, frozen=True, kw_only=True):
    """Days in which an action is done, by its priority."""

    title = "the days by priority"

    immediate: Annotated[Days, says(message("Days until an immediate action is due."))]
    high: Annotated[Days, says(message("Days until a high-priority action is due."))]
    medium: Annotated[Days, says(message("Days until a medium-priority action is due."))]
    low: Annotated[Days, says(message("Days until a low-priority action is due."))]


class ActionRules(Part, frozen=True, kw_only=True):
    """When actions are due."""

    title = "the action rules"
    follows = message(
        "It applies to actions raised from that day on. Existing due dates do not change."
    )

    days: Annotated[ActionDays, says(message("Days until an action is due, by its priority."))]


class ReviewShare(Part, frozen=True, kw_only=True):
    """The share of other visits that a team lead reviews, by outcome."""

    title = "the shares by outcome"

    amber: Annotated[Percent, says(message("Per cent of other Amber visits that are reviewed."))]
    green: Annotated[Percent, says(message("Per cent of other Green visits that are reviewed."))]


class ReviewRules(Part, frozen=True, kw_only=True):
    """Which signed-off visits a team lead reviews. Red, provisional and better outcomes, first
    ratings and moved ones always are."""

    title = "the review rules"
    follows = message(
        "It applies to visits signed off from that day on. Visits drawn before stay as they are."
    )

    first_visits: Annotated[
        int,
        Meta(ge=0, le=100),
        says(message("First visits of an officer that are always reviewed.")),
    ]
    share_percent: Annotated[
        ReviewShare,
        says(message("Per cent of other visits that are drawn for review, by outcome.")),
    ]
    due_working_days: Annotated[
        int, Meta(ge=1, le=60), says(message("Working days until a review is due."))
    ]
