"""What services hand out about holders: plain values, detached from the database."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Holder(Struct, frozen=True, kw_only=True):
    """Somebody who can hold settings. `name` is for signing in, `title` for screens."""

    id: str
    name: str
    title: str
    team: str


class Handable(Struct, frozen=True, kw_only=True):
    """A setting or contract that can be handed over, and who holds it."""

    id: str
    name: str
    officer_id: str
    officer: str
    is_contract: bool


class CoverView(Struct, frozen=True, kw_only=True):
    """Cover of one setting. `ends_on` is the last day; `active`: the server has started it.
    `over`: its last day has passed."""

    id: str
    setting_id: str
    setting: str
    deputy_id: str
    deputy: str
    starts_on: date
    ends_on: date
    note: str
    active: bool
    over: bool


class DelegateView(Struct, frozen=True, kw_only=True):
    """Who reviews and decides for a team lead who is away. `settings`: how many; `id`: of one of
    the covers that it is made of; `active` and `over` as for a cover."""

    id: str
    lead_id: str
    lead: str
    deputy_id: str
    deputy: str
    starts_on: date
    ends_on: date
    note: str
    settings: int
    active: bool
    over: bool


class PlannedAlong(Struct, frozen=True, kw_only=True):
    """A planned visit that goes along with a hand-over."""

    id: str
    setting_id: str
    setting: str
    purpose: str
    planned_on: date


class HandOverView(Struct, frozen=True, kw_only=True):
    """The hand-over of one setting or contract. `what` names it; `state` as `HandOverState`;
    `planned_visits`: those that go or went along, the earliest first; `waits`: the server does not
    have it yet."""

    id: str
    setting_id: str | None
    contract_id: str | None
    what: str
    from_officer: str
    to_officer: str
    starts_on: date
    note: str
    drafts: bool
    planned_visits: list[PlannedAlong]
    state: str
    decided_by: str
    waits: bool


class HeldSetting(Struct, frozen=True, kw_only=True):
    """A setting that somebody holds."""

    id: str
    name: str
    team: str


class HeldContract(Struct, frozen=True, kw_only=True):
    """A contract that somebody holds."""

    id: str
    number: str
    title: str


class OpenVisit(Struct, frozen=True, kw_only=True):
    """A visit in progress in somebody's name."""

    id: str
    setting_id: str
    setting: str
    visited_on: date


class HeldIntervention(Struct, frozen=True, kw_only=True):
    """An open intervention of which somebody is the intervention officer."""

    id: str
    setting_id: str
    setting: str


class Holdings(Struct, frozen=True, kw_only=True):
    """All that somebody holds, as far as this device knows. `covers`: those in which they are the
    deputy and that are not over; `coming`: planned hand-overs to them; `planned`: planned visits
    that name them."""

    holder: Holder
    settings: list[HeldSetting]
    contracts: list[HeldContract]
    drafts: list[OpenVisit]
    covers: list[CoverView]
    coming: list[HandOverView]
    planned: list[PlannedAlong]
    interventions: list[HeldIntervention]

    @property
    def count(self) -> int:
        """How many things that are."""
        parts = (self.settings, self.contracts, self.drafts, self.covers, self.coming)
        of_settings = len(self.planned) + len(self.interventions)
        return sum(len(part) for part in parts) + of_settings
