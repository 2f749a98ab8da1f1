"""What services hand out about decisions that wait: plain values, detached from the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct


class Detail(StrEnum):
    """What a person may say with a decision, beside the choice."""

    CONDITIONS = "conditions"
    UNTIL = "until"
    REASON = "reason"


class Waiting(Struct, frozen=True, kw_only=True):
    """One decision that waits. `kind` and `id` find it again.

    `title`: what is to be decided. `rag`: of the setting; `asked_by_id`: who asked, or whose work
    it is. `mine`: whether this person may decide; `decided_by`: who may, in words.
    """

    kind: str
    id: str
    title: str
    setting_id: str
    setting: str
    rag: str
    asked_by_id: str
    asked_by: str
    since: datetime
    needed_by: date | None = None
    mine: bool
    decided_by: str


class WaitingList(Struct, frozen=True):
    """What waits, oldest first: for this person, and for others."""

    mine: list[Waiting]
    others: list[Waiting]


class Passage(Struct, frozen=True):
    """A part of what is on record, as labels with their texts."""

    title: str
    lines: Sequence[tuple[str, str]]


class Option(Struct, frozen=True, kw_only=True):
    """One way to decide. `follows`: what follows from it. `takes`: the details that go with it,
    `needs`: those that must. `barred`: why it cannot be chosen, or empty."""

    id: str
    label: str
    follows: Sequence[str]
    takes: Sequence[Detail] = ()
    needs: Sequence[Detail] = ()
    barred: str = ""


class DecisionView(Struct, frozen=True, kw_only=True):
    """A decision in full. `latest`: the last day that `Detail.UNTIL` may name,
    and `until` what that day is called. `visit_id`: the one
    that it is about, to be opened; empty for none."""

    waiting: Waiting
    standing: str
    passages: Sequence[Passage]
    options: Sequence[Option]
    latest: date | None = None
    until: str = ""
    visit_id: str = ""


class Given(Struct, frozen=True, kw_only=True):
    """What a person said with a decision."""

    conditions: str = ""
    until: date | None = None
    reason: str = ""
