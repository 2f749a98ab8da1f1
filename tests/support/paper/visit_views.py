"""Visits made by hand for the paper's tests: a small form, and views of it with real outcomes."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace
from PIL import Image

from forms.catalogue.read import read_form
from forms.model import Form
from forms.rating.rating import rate
from visitapp.rules.policy.paper import PaperRules
from visitapp.rules.policy.read import shipped_policy
from visitapp.rules.visiting.signatures import Party, Signature
from visitapp.services.views.actions import ActionView
from visitapp.services.views.visits import (
    AnswerView,
    EvidenceView,
    LastTime,
    ReviewView,
    VisitSummary,
    VisitView,
)

FORM = """
id: small-quality
version: "2026.7"
kind: visit
title: Small quality visit
sets_rating: quality
purposes: [annual, risk_led]
applies_to: [residential]
scales:
  standard:
    - {value: met, label: Met, score: 1, rag: green}
    - {value: partly, label: Partly met, score: 0.5, rag: amber}
    - {value: not_met, label: Not met, score: 0, rag: red}
    - {value: not_applicable, label: Not applicable, excluded: true, needs_reason: true}
    - {value: not_checked, label: Not checked, unchecked: true, needs_reason: true}
bands:
  - {rag: green, from: 80}
  - {rag: amber, from: 60}
  - {rag: red, from: 0}
overall:
  minimum_coverage: 70
  rules:
    - {areas: red, at_least: 1, overall: amber}
areas:
  - id: safety
    title: Safety & care
    critical: true
    questions:
      - id: referrals
        ask: Were all concerns referred within a day?
        look_for: Compare the two logs.
        type: choice
        scale: standard
        weight: 2
        limits: {not_met: red}
      - id: plans
        ask: Are care plans reviewed each month?
        look_for: Look at five plans.
        type: sample
        scale: standard
        bands: [{value: met, from: 90}, {value: partly, from: 60}, {value: not_met, from: 0}]
      - id: nurse
        ask: Is a nurse on every shift?
        look_for: Read the rota.
        type: choice
        scale: standard
        relevant: "setting.service_type == 'nursing'"
  - id: views
    title: What people say
    questions:
      - id: spoken
        ask: Whom did you speak with?
        look_for: Count them.
        type: people
        required: false
      - id: kind
        ask: Are staff kind?
        look_for: Ask and watch.
        type: choice
        scale: standard
      - id: minutes
        ask: How long does a bell ring?
        look_for: Time five bells.
        type: number
        unit: minutes
        scale: standard
        bands: [{value: met, from: 0}, {value: partly, from: 5}, {value: not_met, from: 10}]
      - id: next_fair
        ask: When is the summer fair?
        look_for: Ask the manager.
        type: date
        required: false
"""

SUMMARY = (
    "People were well looked after by day, and chose what they did. Nights are not safe: two staff "
    "for 28 people on 9 of the last 14 nights, where three are needed. Evening medicines are still "
    "missed. "
)
TOLD = "The outcome, the findings, that placements close today, and how to reply."
COUNCIL = PaperRules(council="Quillmarsh County Council", department="Adult care", reply_days=14)

Print = Callable[[VisitView], list[str]]
"""Prints a visit and gives back the text of each page."""

PRINTED_AT = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)
NOT_MET = {
    "referrals": {"value": "not_met", "note": "The fall of 2 October was referred on 9 October."},
    "plans": {"checked": 5, "met": 3},
    "spoken": {"value": {"people": 4, "relatives": 1, "staff": 3}},
    "kind": {"value": "met"},
    "minutes": {"value": 4},
    "next_fair": {"value": "2027-06-05"},
}
PREVIOUS_VISIT = date(2025, 11, 4)


def small_form() -> Form:
    """The small form, read by the real reader."""
    return read_form(FORM, "small-quality.yaml")


def answer_view(question: str, answer: Mapping[str, Any]) -> AnswerView:
    """An answer in the forms engine's shape, as services hand it out."""
    return AnswerView(question=question, **answer)


def make_view(
    form: Form,
    answers: Mapping[str, Mapping[str, Any]],
    *,
    status: str = "signed_off",
    service_type: str = "residential",
    **changes: Any,
) -> VisitView:
    """A view of a visit to an invented setting, with the outcome the engine gives."""
    facts = {"name": "Tansywick Lodge", "service_type": service_type, "beds": 24}
    signed = status in {"signed_off", "approved"}
    summary = VisitSummary(
        id="0193540e-7a2b-7cc0-a0de-5a2c4a3a1f00",
        setting_id="setting",
        setting="Tansywick Lodge",
        form_id=form.id,
        form_version=form.version,
        purpose="risk_led",
        visited_on=date(2026, 11, 22),
        status=status,
        rag="red",
        previous_rag="amber",
        officer="Irena Kowalczewska",
        signed_off_at=datetime(2026, 11, 22, 14, 31, tzinfo=UTC) if signed else None,
    )
    view = VisitView(
        summary=summary,
        setting_name="Tansywick Lodge",
        setting_facts=facts,
        provider="Pellowick Homes Ltd",
        announced=False,
        joined_by="Health Protection",
        answers={name: answer_view(name, answer) for name, answer in answers.items()},
        outcome=rate(form, answers, facts),
        needs=[],
        actions=[],
        action_rules=shipped_policy().actions,
        calendar=shipped_policy().working_days.days(),
        evidence=[],
        reviews=[],
        last_time={},
        previous_visit_on=None,
        placements="Closed to new",
        signed_off_by="Irena Kowalczewska" if signed else "",
    )
    return replace(view, **changes)


def make_action(**changes: Any) -> ActionView:
    """An open action, due two days after the visit."""
    action = ActionView(
        id="action",
        setting_id="setting",
        setting="Tansywick Lodge",
        visit_id="visit",
        question="referrals",
        title="Refer the fall of 2 October",
        detail="",
        owner="Registered manager",
        priority="immediate",
        due_on=date(2026, 11, 24),
        status="open",
        raised_on=date(2026, 11, 22),
        done_on=None,
        verified_how="",
        verified_note="",
        moved_count=0,
        reopened_count=0,
        overdue_days=0,
        first_due_on=date(2026, 11, 24),
        plan_id=None,
        owner_side="provider",
        theme="",
        success_measure="",
        target=None,
    )
    return replace(action, **changes)


def make_last(question: str, answer: Mapping[str, Any], label: str, below: int) -> LastTime:
    """What the visit of a year before recorded."""
    return LastTime(
        visited_on=PREVIOUS_VISIT,
        answer=answer_view(question, answer),
        label=label,
        times_below=below,
    )


def make_review(**changes: Any) -> ReviewView:
    """A team lead's approval."""
    review = ReviewView(
        decision="approved",
        comment="Agreed.",
        by="Bronwen Haleford",
        at=datetime(2026, 11, 23, 9, 2, tzinfo=UTC),
    )
    return replace(review, **changes)


def make_evidence(question: str, title: str) -> EvidenceView:
    """A document that was seen."""
    return EvidenceView(id="evidence", question=question, kind="document", title=title)


def logo(size: int = 64) -> str:
    """A picture as the policy holds it."""
    out = io.BytesIO()
    Image.new("RGB", (size, size), "navy").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def signature(party: Party, name: str) -> Signature:
    """A drawn one."""
    at = datetime(2026, 11, 22, 15, 14, tzinfo=UTC)
    return Signature(party=party, name=name, at=at, of="", strokes=[[(0, 0), (900, 250)]])


def full_view(form: Form, actions: int = 6) -> VisitView:
    """A visit with everything that page 1 can have."""
    found = [
        make_action(
            title=f"Count evening packs each day, round {n}",
            owner="Manager",
            success_measure="Nothing missed",
            due_on=date(2026, 12, n + 1),
        )
        for n in range(actions)
    ]
    view = make_view(form, NOT_MET, actions=found)
    good = replace(view.answers["kind"], good_practice=True)
    return replace(
        view,
        answers={**view.answers, "kind": good},
        officer_summary=SUMMARY * 2,
        told_manager=TOLD,
        signatures=[
            signature(Party.COUNCIL, "Asha Verrin"),
            signature(Party.PROVIDER, "Jonet Sallow"),
        ],
        paper=replace(COUNCIL, logo=logo()),
    )
