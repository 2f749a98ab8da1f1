"""What services hand out about settings: plain values, detached from the database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.visiting.due import Due
from visitapp.services.views.actions import ActionView
from visitapp.services.views.facets import Facet, Place, facets
from visitapp.services.views.places import ContractSettingView
from visitapp.services.views.visits import VisitSummary
from visitapp.services.visits.outcome_labels import NamedOutcome


class RatingView(Struct, frozen=True, kw_only=True):
    """The rating that stands. `rag` is red, amber, green or unrated; `level` is the label of the
    visit's level and `results` its named results, where its form has any. `state` says whether it
    is under review; `proposed` is the rating of a later visit or event that waits for a team
    lead. `cause` is a visit or a significant event, whose rating is reviewed on `review_on`."""

    rag: str
    percent: int | None = None
    since: datetime | None = None
    visited_on: date | None = None
    provisional: bool = False
    state: str = ""
    proposed: str = ""
    cause: str = "visit"
    review_on: date | None = None
    level: str = ""
    results: list[NamedOutcome] = []


class PortfolioRow(Struct, frozen=True, kw_only=True):
    """One setting in the portfolio. `next_due` is the earliest date by the visit rules, and
    `next_visit` says which visit and why. `due_soon`: it is near by the council's policy, or past.
    `planned_on`: the next day planned for a visit; `moved_often`: the team lead is to see it.

    One that is closed or merged is due nothing. `rated_on`: the day of the visit behind the rating;
    `rag_before`: the rating before it. A setting that others were merged into has their records
    too.

    `risk_rag` is the colour of the latest signed-off risk assessment, empty where there is none;
    `risk_percent` its score of 100, where a higher score is a lower risk. `live_rag`, with its
    score, is the quality result of live risk as the server recorded it on the night `live_on`;
    empty where it recorded none, as on a laptop that works alone. `position` is the
    placement position and `placements` its word, which somebody decided; `placement_waits`: it
    waits for a decision. `place`: who holds it, its team and contracts. `more`:
    what other subjects contribute, by the names that they give.
    """

    setting_id: str
    name: str
    service_type: str
    provider: str
    beds: int | None
    rag: str
    rag_since: date | None
    placements: str
    placements_note: str
    regulator_overall: str
    regulator_published: date | None
    last_visit: date | None
    last_visit_id: str | None
    draft_visit_id: str | None
    next_due: date | None
    open_actions: int
    overdue_actions: int
    needs_attention: bool
    location_id: str = ""
    postcode: str = ""
    risk_rag: str = ""
    risk_percent: int | None = None
    risk_on: date | None = None
    live_rag: str = ""
    live_percent: int | None = None
    live_on: date | None = None
    due_soon: bool = False
    provisional: bool = False
    under_review: bool = False
    last_quality_visit: date | None = None
    next_visit: Due | None = None
    planned_on: date | None = None
    moved_often: bool = False
    place: Place = Place()
    position: str = "not_assessed"
    placement_waits: bool = False
    rated_on: date | None = None
    rag_before: str = ""
    status: str = SettingStatus.OPEN.value
    closed_on: date | None = None
    merged_into_id: str | None = None
    more: dict[str, Any] = {}

    @property
    def risk(self) -> tuple[str, int | None]:
        """The colour and the score that stand for its risk in a list: live risk, or where too
        little is known for that the latest assessment. Empty without either."""
        if self.live_rag not in ("", "unrated"):
            return self.live_rag, self.live_percent
        return self.risk_rag, self.risk_percent


def portfolio_facets(row: PortfolioRow) -> dict[str, list[Facet]]:
    """What the portfolio is narrowed and grouped by."""
    return facets(row.place)


class OfficerLoad(Struct, frozen=True, kw_only=True):
    """How much an officer holds. `urgent`: settings that are Red or at high risk; `visits_due`:
    settings with a visit due soon, or overdue; `covers`: settings that they cover now."""

    officer_id: str
    officer: str
    team: str
    settings: int = 0
    contracts: int = 0
    urgent: int = 0
    visits_due: int = 0
    open_actions: int = 0
    overdue_actions: int = 0
    covers: int = 0


class PortfolioSummary(Struct, frozen=True, kw_only=True):
    """The cards above the portfolio and the counts on its filters."""

    settings: int
    by_service_type: dict[str, int]
    by_rag: dict[str, int]
    changed_last_30_days: int
    visits_due_28_days: int
    visits_overdue: int
    open_actions: int
    overdue_actions: int
    needs_attention: int
    high_risk: int = 0


class OpenCounts(Struct, frozen=True):
    """How many settings are open, and how many actions at them."""

    settings: int
    actions: int


class HygieneCandidate(Struct, frozen=True, kw_only=True):
    """A food hygiene rating that may be of a setting's kitchen; `confirmed`: an officer said so."""

    fhrs_id: str
    name: str
    business_type: str
    postcode: str
    local_authority: str
    rating: str
    rated_on: date | None
    same_postcode: bool
    same_name: bool
    confirmed: bool


class TimelineEntry(Struct, frozen=True, kw_only=True):
    """One thing that happened to a setting. `rag` is empty unless the entry is a rating."""

    at: datetime
    what: str
    detail: str
    rag: str = ""


class RatingPoint(Struct, frozen=True, kw_only=True):
    """One signed-off visit on the outcome chart."""

    on: date
    rag: str
    visit_id: str | None


class FactView(Struct, frozen=True, kw_only=True):
    """One fact of a setting. An empty `content` says that there is none. `holds`: it is the one
    that counts now; `corrected`: a later one says that it was wrong."""

    id: str
    kind: str
    content: str
    starts_on: date | None
    ends_on: date | None
    source: str
    as_of: date
    by: str
    holds: bool
    corrected: bool


class OpenWork(Struct, frozen=True, kw_only=True):
    """A visit, action, plan or concern that is open at a setting. `answers`: how many the visit
    has. What cannot be withdrawn stays open at the closed setting."""

    id: str
    kind: str
    title: str
    answers: int = 0
    can_withdraw: bool = True


class WorkAtClosed(Struct, frozen=True, kw_only=True):
    """Something at a closed or merged setting that a lead should look at: a visit, action, plan or
    concern that is still open, or a visit or action that came in after it closed."""

    setting_id: str
    setting: str
    closed_on: date | None
    kind: str
    record_id: str
    title: str
    status: str
    came_late: bool


class SettingView(Struct, frozen=True, kw_only=True):
    """Everything the Setting page shows. `hygiene` is the match that an officer confirmed;
    `dues`: the visits that it is due by every rule that applies, the earliest first.

    `contracts` are those that it is or was under. `merged_into` is the name of the setting that it
    was merged into, empty where that is not on this device; `merged` those merged into it, by id.
    `facts` are those that hold now. `may_edit` and `next_states`: what the user may change of it.
    """

    row: PortfolioRow
    address: str
    postcode: str
    local_authority: str
    location_id: str
    contract_numbers: list[str]
    officer: str
    team: str
    rating: RatingView
    contract_rating: RatingView
    points: list[RatingPoint]
    visits: list[VisitSummary]
    actions: list[ActionView]
    timeline: list[TimelineEntry]
    hygiene: HygieneCandidate | None = None
    dues: list[Due] = []
    provider_id: str | None = None
    in_county: bool = True
    host_authority: str = ""
    district: str = ""
    locality: str = ""
    care_group: str = ""
    merged_into: str = ""
    merged: dict[str, str] = {}
    contracts: list[ContractSettingView] = []
    facts: list[FactView] = []
    may_edit: bool = False
    next_states: list[str] = []
