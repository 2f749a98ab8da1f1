"""A lifecycle against the table of who may take which of its steps."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from itertools import product
from typing import Any

from visitapp.rules.choices import Role
from visitapp.rules.lifecycle import Lifecycle, Taken


def misjudged(
    life: Lifecycle,
    step: Callable[[Any, Any], Taken],
    may: Mapping[tuple[Any, Any], Container[Role]],
) -> list[tuple[str, str, Role, str]]:
    """Each step that the lifecycle judges otherwise for a role than `may` says: its two states, the
    role and what was found. A step that `may` lacks is nobody's. `step` makes a whole one."""
    wrong = []
    for before, after, role in product(life.states, life.states, Role):
        fault = life.fault(step(before, after), role)
        if (before, after) not in may:
            expected = "no_step"
        else:
            expected = "" if role in may[before, after] else "role"
        found = fault.problem if fault else ""
        if found != expected:
            wrong.append((before, after, role, found))
    return wrong
