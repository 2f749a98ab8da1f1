"""Lifecycles: the states of a record, and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct


class Lifecycle(Struct, frozen=True, kw_only=True):
    """The states of a kind of record. `starts` are those that a new record may have; `steps` maps
    each state to those that may follow it."""

    states: type[StrEnum]
    starts: frozenset[str]
    steps: Mapping[str, frozenset[str]]

    def allows(self, before: str, after: str) -> bool:
        """Whether a record may go from one state to the other; to stay is always allowed."""
        return before == after or after in self.steps[before]
