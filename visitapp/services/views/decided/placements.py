"""What services hand out about placement positions: plain values, detached from the database."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct


class DecisionView(Struct, frozen=True, kw_only=True):
    """One decision on placements. `decided_by` is empty where no person decided; `stands`: it is
    the one in force; `met`: it met the one in force, and nobody has settled that."""

    id: str
    position: str
    condition: str
    from_on: date
    reason: str
    source: str
    interim: bool
    review_on: date | None
    lapses_on: date | None
    rag: str
    policy_version: str
    decided_by: str
    decided_at: datetime
    stands: bool = False
    met: bool = False


class PlacementView(Struct, frozen=True, kw_only=True):
    """Where a setting stands on placements. `note` is what to know in a line; `waits` are the
    sentences why somebody has to decide. `decision` is None before the first one."""

    setting_id: str
    setting: str
    position: str
    position_word: str
    note: str
    waits: tuple[str, ...]
    decision: DecisionView | None
    decisions: tuple[DecisionView, ...]
    may_decide: str = ""
    """Why the user of this device may not decide; empty when they may."""


class WaitingDecision(Struct, frozen=True, kw_only=True):
    """A setting whose position waits for a decision, with the reasons. `since` is the day of the
    decision that stands, None before the first one."""

    setting_id: str
    setting: str
    rag: str
    position: str
    position_word: str
    waits: tuple[str, ...]
    since: date | None
