"""What services hand out about escalations: plain values, detached from the database."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class StepView(Struct, frozen=True, kw_only=True):
    """One step of the ladder in a setting. `state`: open, ended, skipped or waiting; `late`: days
    past its date; `may`: whether the person may decide on it; `by`: the least role that may."""

    rung: str
    word: str
    state: str
    opened_on: date | None
    due_on: date | None
    review_on: date | None
    ended_on: date | None
    outcome: str
    late: int
    may: bool
    why_not: str
    by: str


class EntryView(Struct, frozen=True, kw_only=True):
    """One decision, or a note. `turn`: empty for a note; `set_aside`: it met another decision."""

    id: str
    on: date
    by: str
    rung: str
    turn: str
    title: str
    lines: tuple[str, ...]
    letter: str
    set_aside: bool


class EscalationView(Struct, frozen=True, kw_only=True):
    """Where a setting stands on the ladder. `entries`: decisions and notes, the newest first;
    `waits`: what somebody has to do, in sentences; `defaults`: default notices so far."""

    setting_id: str
    setting: str
    status: str
    status_word: str
    since: date | None
    steps: tuple[StepView, ...]
    entries: tuple[EntryView, ...]
    waits: tuple[str, ...]
    defaults: int
    position: str
    may_stand_down: bool

    def open_steps(self) -> list[StepView]:
        """The steps that are open."""
        return [step for step in self.steps if step.state == "open"]


class EscalationLine(Struct, frozen=True, kw_only=True):
    """A line in the list of escalations."""

    setting_id: str
    setting: str
    status: str
    since: date | None
    next_on: date | None
    open: tuple[str, ...]


class Draft(Struct, frozen=True, kw_only=True):
    """What opening a step would need: the steps that it passes over, the latest dates that the
    policy allows, the clause, the contracts that the setting is under, by id, and on whose
    authority it is taken. `others`: the settings under the same contracts where it is not open."""

    rung: str
    skipped: tuple[str, ...]
    due_on: date | None
    review_on: date | None
    clause: str
    contracts: dict[str, str]
    remedied: bool
    closes: bool
    on_authority_of: str
    others: dict[str, str]


class PersonView(Struct, frozen=True, kw_only=True):
    """Somebody to be moved, by code."""

    id: str
    setting_id: str
    person: str
    needs: str
    critical: str
    funder: str
    funder_word: str
    alternatives: str
    moved_on: date | None
    moved_to: str
    off_list: str


class PeopleView(Struct, frozen=True, kw_only=True):
    """The list of people of a setting. `total` counts those who are still on it."""

    setting_id: str
    setting: str
    people: tuple[PersonView, ...]
    moved: int
    total: int
    by_funder: tuple[tuple[str, int], ...]
    log: tuple[EntryView, ...]


class LetterView(Struct, frozen=True, kw_only=True):
    """A letter, ready for paper."""

    title: str
    setting: str
    addressee: tuple[str, ...]
    on: date
    reference: str
    paragraphs: tuple[str, ...]
    signatory: str
