"""What services hand out about a visit to come: plain values, detached from the database."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct


class BriefingFact(Struct, frozen=True, kw_only=True):
    """How something stands: `label`, `value`, and since when or why in `note`."""

    label: str
    value: str
    note: str = ""


class BriefingChange(Struct, frozen=True, kw_only=True):
    """One thing that happened since the last visit."""

    day: date
    what: str
    detail: str = ""


class BriefingAction(Struct, frozen=True, kw_only=True):
    """An action that is open. `state`: in words, such as `3 days late`."""

    id: str
    title: str
    state: str
    late: bool


class LookFirst(Struct, frozen=True, kw_only=True):
    """A question to look at first, and why: below the best at the last visits, or not checked."""

    question: str
    number: str
    ask: str
    why: str


class AskFor(Struct, frozen=True, kw_only=True):
    """Somebody to ask for."""

    role: str
    name: str
    phone: str = ""


class Briefing(Struct, frozen=True, kw_only=True):
    """One page about a setting before a visit. `visit`: the next planned one, or the one in
    progress, in words; `draft_id`: the one in progress, if any; `last_visit`: the day of the
    last signed-off one, None where nobody has visited; `left_out`: how many earlier changes do
    not fit; `unchanged`: the facts that are as they were. `themes`: concerns by theme, with how
    many, in `theme_days` days; `plan`: how many actions are in which state; `answers_here`:
    whether the device receives answers."""

    setting_id: str
    setting: str
    provider: str
    visit: str
    draft_id: str | None
    made_at: datetime
    synced_at: datetime | None
    last_visit: date | None
    standing: list[BriefingFact]
    changes: list[BriefingChange]
    left_out: int
    unchanged: list[str]
    theme_days: int
    themes: list[tuple[str, int]]
    clusters: list[str]
    plan: str
    actions: list[BriefingAction]
    look_first: list[LookFirst]
    answers_here: bool
    left_first: int
    ask_for: list[AskFor]
