"""What the risk service hands to pages, paper and the terminal."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from forms.rating.outcome import FormRef, Outcome
from visitapp.rules.indicators import Value
from visitapp.services.views.facets import Facet, Place, facets
from visitapp.services.visits.outcome_labels import NamedOutcome


class FilledAnswer(Struct, frozen=True, kw_only=True):
    """What the records said to a question: where from, and as of when."""

    question: str
    value: Value
    origin: str
    at: datetime | date


class Override(Struct, frozen=True, kw_only=True):
    """An officer's answer in place of the records', with the reason. Both are kept."""

    question: str
    value: Value
    reason: str
    filled: FilledAnswer


class RiskAssessment(Struct, frozen=True, kw_only=True):
    """A risk model filled in for a setting.

    `filled` lists every answer that the records gave, those overridden too; `by_hand` the questions
    that still need an answer. An open one's outcome is worked out now, a frozen one's was signed.
    """

    id: str
    setting_id: str
    setting: str
    model: FormRef
    assessed_on: date
    status: str
    filled: list[FilledAnswer]
    overridden: list[Override]
    by_hand: list[str]
    outcome: Outcome


class RiskLine(Struct, frozen=True, kw_only=True):
    """A line in a list of risk assessments. A higher percentage is a lower risk. `title` is the
    model's, `level` the label of its level and `results` its named results, where it has any."""

    id: str
    setting_id: str
    setting: str
    model: FormRef
    title: str
    assessed_on: date
    status: str
    rag: str
    percent: int | None
    coverage: int
    provisional: bool
    level: str = ""
    results: list[NamedOutcome] = []


class RankedRisk(Struct, frozen=True, kw_only=True):
    """A setting in the ranking by live risk. `rank`: its place, the riskiest first; None where too
    little is known. `rank_before`: its place a week ago; `moved`: how many places it went up, which
    is riskier (below nought: down); both None where the server has no record of that week, and
    `is_new` where it has one of other settings.

    `contract`: None for a model that does not keep it apart. `reasons`: what holds it where it is,
    the gravest first; `moved_by`: what its own records changed since. `stale`: answers by hand that
    are too old to count. `recorded_on`: the night of the server's record, where this device does
    not work the risk out itself.
    """

    setting_id: str
    setting: str
    place: Place
    model: str
    rank: int | None
    quality: NamedOutcome
    contract: NamedOutcome | None
    coverage: int
    reasons: list[str]
    rank_before: int | None = None
    moved: int | None = None
    is_new: bool = False
    moved_by: list[str] = []
    stale: int = 0
    due_on: date | None = None
    planned_on: date | None = None
    recorded_on: date | None = None


class RiskReason(Struct, frozen=True, kw_only=True):
    """What holds a result where it is. `on`: the day of what it rests on; None where that is not
    known."""

    text: str
    on: date | None = None


class RiskOfSetting(Struct, frozen=True, kw_only=True):
    """The live risk of one setting, without its place among others: results, how much is known, and
    the first two reasons of the quality result. `recorded_on`: as in `RankedRisk`."""

    setting_id: str
    model: str
    quality: NamedOutcome
    contract: NamedOutcome | None
    coverage: int
    reasons: list[RiskReason]
    recorded_on: date | None = None


class KnownRisk(Struct, frozen=True):
    """The quality result of a setting where lists show it: its colour, its score of 100 (a lower
    one is riskier) and the night on which the server recorded it; None: worked out now."""

    rag: str
    percent: int | None
    recorded_on: date | None = None


class RiskInput(Struct, frozen=True, kw_only=True):
    """One question of a model with what is known. `answer`: in words, empty where nothing is.
    `origin`: where it comes from, in a sentence; `rag`: of the answer."""

    question: str
    ask: str
    answer: str
    rag: str
    origin: str
    stale: bool = False


class LiveRiskView(Struct, frozen=True, kw_only=True):
    """The whole of a setting's live risk: `because`, the sentences of each result; `inputs`, by the
    areas of the model."""

    row: RankedRisk
    because: dict[str, list[str]]
    inputs: dict[str, list[RiskInput]]


def risk_facets(row: RankedRisk) -> dict[str, list[Facet]]:
    """What the ranking is narrowed and grouped by."""
    return facets(row.place)
