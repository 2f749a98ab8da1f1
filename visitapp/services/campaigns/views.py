"""What services hand out about campaigns: plain values, detached from the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

RUNNING = "running"
"""The state of a campaign that nobody ended."""


class CampaignVisit(Struct, frozen=True, kw_only=True):
    """A visit of a campaign. `state`: as in `PlannedView`, `done` once it is signed off, whatever
    became of the plan; `rag`: the outcome then, else empty."""

    plan_id: str
    setting_id: str
    setting: str
    officer: str
    planned_on: date
    state: str
    visit_id: str | None = None
    rag: str = ""


class CampaignView(Struct, frozen=True, kw_only=True):
    """A campaign as this device has it: the visits at settings that its user sees. `state`:
    `running`, or how it ended, with `words` on the day `ended_on`; `overdue`: its last day passed
    and nobody ended it. `form`: the title of its form, or the id where the form is not here.

    `results`: how many visits came to each rating, by colour; `themes`: the same for each area of
    the form, by the area's title."""

    id: str
    title: str
    form_id: str
    form: str
    starts_on: date
    ends_on: date
    started_by: str
    state: str
    words: str = ""
    ended_on: date | None = None
    overdue: bool = False
    visits: list[CampaignVisit] = []
    results: Mapping[str, int] = {}
    themes: Mapping[str, Mapping[str, int]] = {}

    @property
    def done(self) -> list[CampaignVisit]:
        """The visits that are signed off."""
        return [one for one in self.visits if one.state == "done"]

    @property
    def left(self) -> list[CampaignVisit]:
        """The visits that are still to be made."""
        return [one for one in self.visits if one.state not in ("done", "cancelled", "withdrawn")]

    @property
    def counted(self) -> int:
        """How many visits it has: those that nobody cancelled."""
        return len(self.done) + len(self.left)


class CampaignStart(Struct, frozen=True, kw_only=True):
    """What starting a campaign would plan, or planned: the settings with the day of each, and those
    left out with the reason."""

    campaign_id: str
    planned: int
    left_out: Mapping[str, str]


class CampaignSetting(Struct, frozen=True, kw_only=True):
    """A setting that a campaign may choose. `risk`: the colour of its live risk, empty where none
    is known."""

    id: str
    name: str
    service_type: str
    officer_id: str
    officer: str
    team: str
    risk: str = ""
