"""What services hand out about due and planned visits: plain values."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from visitapp.rules.visiting.due import Due

DONE, STARTED, MISSED, WITHDRAWN = "done", "started", "missed", "withdrawn"
"""What a planned visit is beside `PlannedStatus`, by the visits and the day. Withdrawn: its setting
was closed."""


class PlannedView(Struct, frozen=True, kw_only=True):
    """A planned visit. `state`: its status, or `done`, `started`, `missed` or `withdrawn`;
    `visit_id`: the visit that carried it out or was started from it. `for_lead`: it was moved so
    often that the team lead sees it. `officer_id`: who makes it, the setting's officer where nobody
    else is named. `campaign`: the title of the campaign that it belongs to."""

    id: str
    setting_id: str
    setting: str
    purpose: str
    form_id: str | None
    officer_id: str | None
    officer: str
    window_from: date
    window_to: date
    first_planned_on: date
    planned_on: date
    status: str
    state: str
    moved_count: int
    for_lead: bool
    visit_id: str | None
    campaign: str = ""


class DueVisit(Struct, frozen=True, kw_only=True, gc=False):
    """The visit that a setting is due for one purpose. `others`: the same visit by the other rules
    that apply. `planned_on`: the next day planned for it."""

    setting_id: str
    setting: str
    service_type: str
    officer_id: str | None
    officer: str
    due: Due
    overdue_days: int
    others: list[Due] = []
    planned_on: date | None = None
    planned_id: str | None = None


class VisitCount(Struct, frozen=True, kw_only=True):
    """How many signed-off visits there were, by what was asked: `group` holds one value for each
    of `by`."""

    group: list[str]
    visits: int
