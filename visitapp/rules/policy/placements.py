"""The section of a policy on placement positions, exceptions and significant events."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from visitapp.language import message
from visitapp.rules.policy.parts import Part, says

Decider = Literal["lead", "manager"]
"""The least role that may take a decision: a senior manager may take a team lead's."""

ReviewDays = Annotated[int, Meta(ge=1, le=366)]


class PlacementRules(Part, frozen=True, kw_only=True):
    """Who decides the placement position of a setting, and when it is reviewed."""

    title = "the placement rules"
    follows = message(
        "It applies to decisions that the server receives from that day on. Existing positions do "
        "not change."
    )

    condition_by: Annotated[
        Decider, says(message("Who sets or lifts a condition, or opens a setting first."))
    ]
    close_by: Annotated[Decider, says(message("Who closes a setting to new placements."))]
    reopen_by: Annotated[Decider, says(message("Who reopens a closed setting."))]
    review_days: Annotated[
        ReviewDays, says(message("Days until a closed or conditional position is reviewed."))
    ]
    hold_working_days: Annotated[
        int,
        Meta(ge=1, le=10),
        says(message("Working days until the emergency hold of a team lead lapses.")),
    ]
    exception_days: Annotated[
        int,
        Meta(ge=1, le=28),
        says(message("Days that a placement exception is valid at most.")),
    ]
    event_review_days: Annotated[
        ReviewDays, says(message("Days until a rating by a significant event is reviewed."))
    ]
