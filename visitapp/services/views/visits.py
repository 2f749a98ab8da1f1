"""What services hand out about visits: plain values, detached from the database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from forms.rating.outcome import Outcome
from forms.rating.triangulation import ThinSource
from visitapp.rules.policy.paper import PaperRules
from visitapp.rules.policy.visiting import ActionRules
from visitapp.rules.ratings import RatingBasis
from visitapp.rules.visiting.signatures import Signature
from visitapp.rules.visiting.working_days import Calendar
from visitapp.services.views.actions import ActionView
from visitapp.services.views.decided.overrides import OverrideView
from visitapp.services.views.facets import Facet, Place, facets
from visitapp.services.views.form_upgrade import KeptAside
from visitapp.services.views.risk import FilledAnswer, Override


class AnswerView(Struct, frozen=True, kw_only=True):
    """An answer as recorded. All of `value`, `checked`, `met` None means not answered.

    `confirmed_from`: the day of the visit whose answer the officer found unchanged.
    """

    question: str
    value: Any = None
    checked: int | None = None
    met: int | None = None
    note: str = ""
    reason: str = ""
    confirmed_from: date | None = None
    good_practice: bool = False


class LastTime(Struct, frozen=True, kw_only=True):
    """What the newest signed-off visit that answered a question recorded for it.

    `times_below` counts the visits in a row, of those that asked it and up to the newest, that were
    below the scale's best. `evidence` holds titles, `actions` what the answer led to, as it is now.
    `measured_differently`: the form of then had other steps, so one answer may score differently.
    """

    visited_on: date
    answer: AnswerView
    label: str
    times_below: int
    evidence: list[str] = []
    actions: list[ActionView] = []
    measured_differently: bool = False


class ContractChoice(Struct, frozen=True, kw_only=True):
    """A contract that a visit may rate."""

    id: str
    number: str
    title: str


class EvidenceView(Struct, frozen=True, kw_only=True):
    """A piece of evidence of a visit or an action.

    One with bytes has their `sha256`, `media_type` and `size`; `state` is one of
    `evidence_states.EvidenceState`, and `refused` the server's reason for `set_aside`.
    """

    id: str
    question: str
    kind: str
    title: str
    sha256: str = ""
    media_type: str = ""
    size: int = 0
    state: str = "noted"
    refused: str = ""
    visit_id: str = ""
    action_id: str = ""


class ReviewView(Struct, frozen=True, kw_only=True):
    """A team lead's decision on a visit."""

    decision: str
    comment: str
    by: str
    at: datetime


class CommentView(Struct, frozen=True, kw_only=True):
    """A comment on an answer. `number`: of its question, empty where the form has none such.
    `mine`: whether the user of this device wrote it."""

    id: str
    question: str
    number: str
    text: str
    by: str
    at: datetime
    reply_to: str | None
    mine: bool


class OpenAction(Struct, frozen=True, kw_only=True):
    """An action that an earlier visit left open, with the ids of its evidence, the newest last."""

    action: ActionView
    evidence: list[str] = []


class OtherVisit(Struct, frozen=True, kw_only=True):
    """A visit of another officer at the same setting, and what is said of it."""

    id: str
    text: str


class LastAnswer(Struct, frozen=True, kw_only=True):
    """What the last visit recorded for a question, in words."""

    text: str
    note: str
    reason: str
    evidence: list[str]


class LastVisit(Struct, frozen=True, kw_only=True):
    """The signed-off visit before another one on the same form, with its outcome as signed and its
    answers by question. `summary` is its officer's."""

    id: str
    visited_on: date
    form_version: str
    rag: str
    level: str
    because: list[str]
    summary: str
    answers: dict[str, LastAnswer]


class Need(Struct, frozen=True, kw_only=True):
    """One thing that stands in the way of sign-off.

    `what` is `answer`, `reason`, `note`, `correction` (figures that contradict each other) or a
    kind of evidence.
    """

    question: str
    what: str
    text: str


class VisitSummary(Struct, frozen=True, kw_only=True):
    """A line in a list of visits. `level` is the label of the outcome's level, if it has one.
    `place` is filled in lists. `override_rag`: what the officer holds right instead of the outcome;
    `override_agreed`: a team lead agreed to it."""

    id: str
    setting_id: str
    setting: str
    form_id: str
    form_version: str
    purpose: str
    visited_on: date
    status: str
    rag: str
    previous_rag: str
    officer: str
    signed_off_at: datetime | None
    level: str = ""
    officer_id: str = ""
    place: Place = Place()
    override_rag: str = ""
    override_agreed: bool = False


def visit_facets(visit: VisitSummary) -> dict[str, list[Facet]]:
    """What a list of visits is narrowed and grouped by; the officer is the visit's."""
    officer = [Facet(visit.officer_id, visit.officer)]
    return {**facets(visit.place), "officer": officer}


class VisitView(Struct, frozen=True, kw_only=True):
    """A whole visit. A draft's outcome is worked out now, a frozen one's is what was signed.

    `not_checked_last_time` names the questions that were left when they were last asked here;
    `kept_aside` holds answers that this version of the form does not take;
    `warnings` are sentences about what may be counted twice, `thin_sources` about what rests on
    little. Of a risk assessment `filled` holds
    what the records said and `overridden` what stands in its place; it has no other visits before
    it than assessments by the same model. `newer_version` is one that an open visit can move to.
    `action_rules` and `calendar` say when an action that is raised now is due.
    `joined_by` is free text; `colleagues` are the users who make the visit together with its
    officer, and `not_mine_to_sign` says to one of them who signs it off. `of_another` says to
    anybody else whose visit it is. `answers_elsewhere` says
    why the answers and the evidence are not on this device, where they are not. `contract` is the
    number of the contract that it rates, if any. `rating` decides when its rating stands; None
    where its form sets none. `may_comment`: whether the user can comment on its answers.
    `revision`: the server's, which this device's copy reflects; 0 while something of it waits.
    `officer_summary` and `told_manager` are the officer's words. `blind`: the outcome is hidden
    while questions are unanswered; `hidden`: it is hidden now, and `outcome` is
    `blind.hidden_outcome`; `answered_before`: how many were answered when hiding began. `paper`:
    whose report it is. `open_actions`: those of the setting that earlier visits raised; none once
    it is signed off. `other_visit`: of another officer there, while this one is open.
    """

    summary: VisitSummary
    setting_name: str
    setting_facts: dict[str, Any]
    provider: str
    announced: bool
    joined_by: str
    answers: dict[str, AnswerView]
    outcome: Outcome
    needs: list[Need]
    actions: list[ActionView]
    action_rules: ActionRules
    calendar: Calendar
    evidence: list[EvidenceView]
    reviews: list[ReviewView]
    last_time: dict[str, LastTime]
    previous_visit_on: date | None
    signed_off_by: str
    not_checked_last_time: list[str] = []
    kept_aside: list[KeptAside] = []
    warnings: list[str] = []
    thin_sources: list[ThinSource] = []
    filled: list[FilledAnswer] = []
    overridden: list[Override] = []
    outcome_overrides: list[OverrideView] = []
    newer_version: str = ""
    colleagues: list[str] = []
    not_mine_to_sign: str = ""
    of_another: str = ""
    answers_elsewhere: str = ""
    contract: str = ""
    rating: RatingBasis | None = None
    comments: list[CommentView] = []
    may_comment: bool = False
    finds_worse: bool = False
    placements: str = ""
    placements_note: str = ""
    revision: int = 0
    officer_summary: str = ""
    told_manager: str = ""
    signatures: list[Signature] = []
    blind: bool = False
    hidden: bool = False
    answered_before: int = 0
    paper: PaperRules = PaperRules(reply_days=14)
    open_actions: list[OpenAction] = []
    other_visit: OtherVisit | None = None


class AnswerSaved(Struct, frozen=True, kw_only=True):
    """What an answer changed: the new outcome, hidden or not as in `VisitView`, and when the answer
    was safe on disk."""

    saved_at: datetime
    answer: AnswerView
    outcome: Outcome
    needs: list[Need]
    hidden: bool = False
    warnings: list[str] = []
