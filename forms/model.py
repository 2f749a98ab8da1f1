"""A form, read and checked: immutable values that the rating, the pages and the paper share.

Numbers that take part in the rating are exact (`Fraction`). docs/form-format.md describes the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

RAGS = ("red", "amber", "green")
"""Worst first."""

QUESTION_TYPES = ("choice", "number", "percent", "sample", "text", "date", "people")
PURPOSES = (
    "annual",
    "risk_led",
    "themed",
    "intervention",
    "joint",
    "contract_review",
    "desktop",
)
"""Why a visit is made."""

SETS_RATING = ("quality", "contract", "none")
"""The rating that a signed-off visit on the form may set (docs/architecture.md, Ratings)."""


class EvidenceKind(StrEnum):
    """The forms that evidence takes."""

    NOTE = "note"
    DOCUMENT = "document"
    PHOTO = "photo"
    CONVERSATION = "conversation"


class Priority(StrEnum):
    """How soon an action must be done, most urgent first."""

    IMMEDIATE = "immediate"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


EVIDENCE_KINDS = tuple(EvidenceKind)
PRIORITIES = tuple(Priority)
PEOPLE_GROUPS = ("people", "relatives", "staff", "professionals")
"""What a `people` answer counts: people who use the service, relatives, staff, professionals."""


class ScaleValue(Struct, frozen=True, kw_only=True):
    """One value of a scale. `excluded` leaves the calculation; `unchecked` lowers coverage."""

    value: str
    label: str
    score: Fraction | None = None
    rag: str | None = None
    excluded: bool = False
    unchecked: bool = False
    needs_reason: bool = False


NOT_KNOWN = ScaleValue(value="not_known", label="Not known", unchecked=True, needs_reason=True)
"""What every question that asks for a figure can be answered with, on any scale or none."""

FIGURES = ("number", "percent", "sample")
"""Types of question that ask for a figure, turned into a scale value by their bands."""


class Scale(Struct, frozen=True, kw_only=True):
    """Values in the order of the form; `best` is the first with the highest score.

    A scale without scores, for answers that are only recorded, has no best.
    """

    id: str
    values: tuple[ScaleValue, ...]
    by_value: Mapping[str, ScaleValue]
    best: ScaleValue | None


class Level(Struct, frozen=True, kw_only=True):
    """One of the levels that a form rates at, and the RAG it stands for."""

    id: str
    label: str
    rag: str


class Band(Struct, frozen=True, kw_only=True):
    """`result` (a level or a RAG; in a question a scale value) holds from this number up."""

    result: str
    start: Fraction


class OverallRule(Struct, frozen=True, kw_only=True):
    """`at_least` areas rated `areas` give at best `overall`: levels, or RAGs without them."""

    areas: str
    at_least: int
    overall: str


class NamedResult(Struct, frozen=True, kw_only=True):
    """A result over some of the areas (their ids), rated by itself with its bands and rules."""

    id: str
    title: str
    areas: tuple[str, ...]
    bands: tuple[Band, ...]
    rules: tuple[OverallRule, ...]


class EvidenceRule(Struct, frozen=True, kw_only=True):
    """Answers in `when` need evidence of this kind before sign-off."""

    when: tuple[str, ...]
    kind: str


class ActionRule(Struct, frozen=True, kw_only=True):
    """Answers in `when` suggest this action. `due_days` overrides the days of the priority."""

    when: tuple[str, ...]
    suggest: str
    priority: str
    due_days: int | None = None


class Question(Struct, frozen=True, kw_only=True):
    """One question. `number` is its place as printed, such as `5.3`.

    `bands` go from the highest down. `weight` is 0 when it is recorded and not scored. `minimum`:
    how many a sample should hold, or how many people who use the service should be spoken to;
    `minimum_percent`: the same as a share of the beds. Fewer is warned of and bars nothing.
    """

    id: str
    number: str
    ask: str
    look_for: str
    type: str
    scale: Scale | None
    bands: tuple[Band, ...]
    weight: Fraction
    required: bool
    limits: Mapping[str, str]
    relevant: str | None
    evidence: EvidenceRule | None
    action: ActionRule | None
    unit: str
    frameworks: Mapping[str, str]
    source: str | None = None
    minimum: int | None = None
    minimum_percent: int | None = None


class Framework(Struct, frozen=True, kw_only=True):
    """A published framework that questions are tagged by, in one edition.

    `key_questions` gives the words of each tag; empty when the form does not list them.
    """

    id: str
    title: str
    version: str
    key_questions: Mapping[str, str]


class Area(Struct, frozen=True, kw_only=True):
    """A chapter of the form. `number` is its place, from 1.

    `owner` is who fills it, an id of the form's `owners`; empty when nobody in particular does.
    """

    id: str
    number: int
    title: str
    weight: Fraction
    critical: bool
    questions: tuple[Question, ...]
    owner: str = ""


class Form(Struct, frozen=True, kw_only=True, dict=True):
    """One version of a form. `levels` (best first) is empty when it rates at green, amber and red;
    `results` is empty when all areas make one. Rules and limits name levels where there are any.
    `sets_rating` is one of `SETS_RATING`; `purposes` are those that a visit on the form may have.

    `digest` is the SHA-256 of its file's text (line ends made alike).

    It has a `__dict__` so that `forms.rating.plan.plan_of` can keep the compiled plan with the
    form itself.
    """

    id: str
    version: str
    kind: str
    title: str
    intro: str
    applies_to: tuple[str, ...]
    frameworks: Mapping[str, Framework]
    owners: Mapping[str, str]
    levels: tuple[Level, ...]
    bands: tuple[Band, ...]
    minimum_coverage: Fraction
    rules: tuple[OverallRule, ...]
    results: tuple[NamedResult, ...]
    areas: tuple[Area, ...]
    questions: Mapping[str, Question]
    area_of: Mapping[str, Area]
    digest: str
    sets_rating: str = "none"
    purposes: tuple[str, ...] = PURPOSES
