"""What the demonstration did, as `summary.json` tells it: measured, not asserted."""

from __future__ import annotations

from msgspec import Struct

from visitapp.demo.work.visiting import VisitMade
from visitapp.services.views.sync import SyncReport


class CouncilFacts(Struct, frozen=True, kw_only=True):
    """The size of the council."""

    name: str
    providers: int
    settings: int
    officers: int
    teams: int
    leads: int


class PastFacts(Struct, frozen=True, kw_only=True):
    """What the two years before today hold, and the ratings that stand after them."""

    visits: int
    answers: int
    actions: int
    assessments: int
    contracts: int
    approved: int
    returned: int
    ratings: dict[str, int]
    open_actions: int
    overdue_actions: int


class ImportFacts(Struct, frozen=True, kw_only=True):
    """How the public file was taken in and the setting found."""

    kind: str
    rows: int
    settings: int
    found_by: str
    found: str


class ConflictFacts(Struct, frozen=True, kw_only=True):
    """The field that both changed apart, and what each holds until somebody settles it."""

    about: str
    field: str
    server_value: str
    other_value: str
    open: int


class JourneyFacts(Struct, frozen=True, kw_only=True):
    """The journey, from the public file to the approval on the officer's device."""

    officer: str
    lead: str
    imported: ImportFacts
    said_offline: str
    visit: VisitMade
    repeat_visit: VisitMade
    draft_visit: VisitMade
    graded_visit: VisitMade
    assessment_id: str
    officer_sync: SyncReport
    lead_sync: SyncReport
    approval_sync: SyncReport
    officer_sees: str
    approved_by: str
    policy: str
    conflict: ConflictFacts


class RatingStep(Struct, frozen=True, kw_only=True):
    """What stood at a home after something happened: the RAG of its quality rating, one that
    waits for a lead, that of its contract, and whether it is open to placements."""

    what: str
    quality: str
    proposed: str
    contract: str
    placements: str


class RatingCaseFacts(Struct, frozen=True, kw_only=True):
    """A rule of ratings and what it came to at one home."""

    case: str
    rule: str
    setting: str
    setting_id: str
    steps: list[RatingStep]


class PlanStoryFacts(Struct, frozen=True, kw_only=True):
    """The home whose improvement plan went from its findings to its end, and by how many days the
    story was moved."""

    setting: str
    setting_id: str
    plan_id: str
    intervention_id: str
    shifted_days: int


class KeptOpenFacts(Struct, frozen=True, kw_only=True):
    """The home whose registration was to be cancelled, and its intervention, which is open."""

    setting: str
    setting_id: str
    intervention_id: str


class FromNothingFacts(Struct, frozen=True, kw_only=True):
    """A second council, set up from a register: what an officer there holds, and covers."""

    policy: str
    contracts: int
    settings: int
    held: int
    covered: int
    pictures: list[str]


class Step(Struct, frozen=True):
    """A part of the demonstration and the seconds it took."""

    what: str
    seconds: float


class Summary(Struct, frozen=True, kw_only=True):
    """The whole demonstration. Paths are relative to its folder."""

    made_at: str
    council: CouncilFacts
    past: PastFacts
    journey: JourneyFacts
    ratings: list[RatingCaseFacts]
    plan_story: PlanStoryFacts
    kept_open: KeptOpenFacts
    from_nothing: FromNothingFacts
    server_revision: int
    papers: list[str]
    pictures: list[str]
    devices: dict[str, str]
    steps: list[Step]
    seconds: float
