"""The section of a policy on the escalation ladder and its letters."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from visitapp.language import message
from visitapp.rules.escalation.states import Rung
from visitapp.rules.policy.parts import Id, Label, Part, says

LadderRole = Literal["officer", "lead", "manager"]
"""The least role that may take a step: a senior manager may take a team lead's, and a team lead an
officer's."""


class LadderStep(Part, frozen=True, kw_only=True):
    """One step of the ladder."""

    title = "a step of the ladder"

    id: Annotated[Rung, says(message("The step."))]
    by: Annotated[LadderRole, says(message("Taken by, and ended by."))]
    on_authority_of: Annotated[
        str, Meta(max_length=80), says(message("Taken on the authority of."))
    ] = ""
    within_days: Annotated[
        int, Meta(ge=0, le=366), says(message("Days that it runs at most (no limit, at 0)."))
    ] = 0
    review_days: Annotated[
        int, Meta(ge=0, le=366), says(message("Days until it is looked at again (never, at 0)."))
    ] = 0
    clause: Annotated[
        str, Meta(max_length=200), says(message("The clause of the contract that it rests on."))
    ] = ""
    letter: Annotated[str, Meta(max_length=40), says(message("Its letter."))] = ""
    audiences: Annotated[
        tuple[Annotated[str, Meta(max_length=40)], ...], says(message("Who is notified of it."))
    ] = ()


class Letter(Part, frozen=True, kw_only=True):
    """The words of a letter to a provider."""

    title = "a letter"

    id: Annotated[Id, says(message("A permanent id, unique among letters."))]
    label: Annotated[Label, says(message("Its title."))]
    text: Annotated[str, Meta(max_length=4000), says(message("Text."))]


class EscalationRules(Part, frozen=True, kw_only=True):
    """The ladder: its steps in their order, who may take each, and the letters."""

    title = "the ladder"
    follows = message(
        "It applies to steps that the server receives from that day on. Steps already taken stay."
    )

    steps: Annotated[
        tuple[LadderStep, ...], Meta(min_length=1), says(message("The steps, in their order."))
    ]
    defaults_to_consider_termination: Annotated[
        int,
        Meta(ge=1, le=20),
        says(message("Default notices after which termination must be considered.")),
    ]
    letters: Annotated[tuple[Letter, ...], says(message("The letters to providers."))] = ()

    def step(self, rung: str) -> LadderStep | None:
        """The rule of a step; None where the council's ladder does not have it."""
        return next((one for one in self.steps if one.id == rung), None)

    def letter(self, rung: str) -> Letter | None:
        """The letter of a step; None where it has none."""
        step = self.step(rung)
        wanted = step.letter if step else ""
        return next((one for one in self.letters if one.id == wanted), None)
