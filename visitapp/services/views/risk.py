"""What the risk service hands to pages, paper and the terminal."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from forms.rating.outcome import FormRef, Outcome
from visitapp.rules.indicators import Value
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
