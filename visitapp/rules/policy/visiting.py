"""The sections of a policy on what visits lead to: ratings, actions, reviews."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import Meta

from visitapp.language import message
from visitapp.rules.choices import ServiceType
from visitapp.rules.policy.parts import Days, Months, Part, Percent, says

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

    def latest_day(self, today: date) -> date:
        """Today, by a clock that is as far ahead as is allowed for."""
        return today + timedelta(days=self.days_ahead)


class RiskModel(Part, frozen=True, kw_only=True):
    """The risk model of some service types."""

    title = "a risk model"

    model: Annotated[str, Meta(max_length=80), says(message("The id of the risk model."))]
    service_types: Annotated[
        tuple[ServiceType, ...],
        says(message("For these service types; without them, for all that no other line names.")),
    ] = ()


class RiskRules(Part, frozen=True, kw_only=True):
    """Which risk models run by themselves, and how much one must know."""

    title = "the risk rules"
    follows = message(
        "Risk is worked out again at once on each device, and on the server the next night. Each "
        "risk model states its own minimum, so publish new versions of the risk models with this "
        "policy."
    )

    models: Annotated[
        tuple[RiskModel, ...],
        says(message("The risk models that run by themselves, by service type.")),
    ]
    hand_answer_months: Annotated[
        Months, says(message("Months for which an answer given by hand counts."))
    ]
    coverage_floor: Annotated[
        Percent,
        says(message("Per cent of a risk model that must be checked before it shows a colour.")),
    ]

    def model_for(self, service_type: str) -> str | None:
        """The id of the model for a service type; None where none runs."""
        named = (one for one in self.models if service_type in one.service_types)
        rest = (one for one in self.models if not one.service_types)
        found = next(named, None) or next(rest, None)
        return found.model if found is not None else None


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
