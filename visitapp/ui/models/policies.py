"""The columns of the list of policies."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.services.policies.policies import IN_FORCE, PolicyVersion
from visitapp.services.policies.wording import STATES
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column


def policy_columns() -> list[Column]:
    """Version, from when it is in force, its state, when it was published."""
    return [
        Column(translate("Version"), lambda one: Cell(one.version, strong=True), share=20),
        Column(
            translate("In force from"),
            lambda one: Cell(words.day(one.in_force_from)),
            share=24,
            value=lambda one: one.in_force_from,
        ),
        Column(translate("State"), _state, share=26),
        Column(translate("Published"), _published, share=30, yields=1),
    ]


def _state(one: PolicyVersion) -> Cell:
    in_force = one.state == IN_FORCE
    return Cell(str(STATES[one.state]), tone="green" if in_force else "", strong=in_force)


def _published(one: PolicyVersion) -> Cell:
    if one.published_at is None:
        return Cell(translate("comes with the program"), tone="muted")
    return Cell(words.day(one.published_at.astimezone().date()))
