"""The section of a policy on who may take a step, where a council allows fewer than the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta

from visitapp.language import message
from visitapp.rules.policy.parts import Id, Part, says

StepRole = Literal["officer", "intervention", "lead", "manager", "admin"]


class StepAuthority(Part, frozen=True, kw_only=True):
    """Who alone may bring a record to one state. `id` names kind and state: `visit_approved`."""

    title = "a step"
    follows = message(
        "It applies to steps that the server receives from that day on. Steps already taken stay."
    )

    id: Annotated[Id, says(message("The record and the state that the step brings it to."))]
    by: Annotated[tuple[StepRole, ...], Meta(min_length=1), says(message("Taken by."))]


StepLimits = Sequence[StepAuthority]


def is_left_to(limits: StepLimits, kind: str, after: str, role: str) -> bool:
    """Whether a policy leaves a step to a role that may take it in the program."""
    roles = only_by(limits, kind, after)
    return not roles or role in roles


def only_by(limits: StepLimits, kind: str, after: str) -> tuple[str, ...]:
    """The roles to which a policy limits a step; empty when it says nothing about it."""
    named = f"{kind}_{after}"
    return next((one.by for one in limits if one.id == named), ())
