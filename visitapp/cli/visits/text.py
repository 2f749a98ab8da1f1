"""A visit and its outcome on a terminal, as JSON and as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visitapp.cli.visits.outcome_text import outcome_lines, section
from visitapp.services.visits.answers.plain import plain

if TYPE_CHECKING:
    from forms.model import Form
    from visitapp.services.views.form_upgrade import KeptAside
    from visitapp.services.views.visits import VisitView


def visit_json(view: VisitView) -> dict[str, Any]:
    """What `visits show --json` prints. `review` is the latest decision, or null."""
    visit = view.summary
    return {
        "id": visit.id,
        "setting_id": visit.setting_id,
        "setting": view.setting_name,
        "provider": view.provider,
        "form": {"id": visit.form_id, "version": visit.form_version},
        "purpose": visit.purpose,
        "visited_on": visit.visited_on,
        "announced": view.announced,
        "joined_by": view.joined_by,
        "officer": visit.officer,
        "status": visit.status,
        "answers": {question: plain(answer) for question, answer in view.answers.items()},
        "outcome": view.outcome,
        "needs": view.needs,
        "review": view.reviews[0] if view.reviews else None,
        "reviews": view.reviews,
        "actions": view.actions,
        "evidence": view.evidence,
        "warnings": view.warnings,
        "kept_aside": view.kept_aside,
        "last_time": view.last_time,
        "not_checked_last_time": view.not_checked_last_time,
        "signed_off_at": visit.signed_off_at,
        "signed_off_by": view.signed_off_by,
    }


def visit_lines(view: VisitView, form: Form) -> list[str]:
    """A visit for reading: what it is, its outcome, each answer by number, actions, reviews."""
    from visitapp.services.wording import answer_text

    visit = view.summary
    head = [
        f"{view.setting_name}, {visit.purpose.replace('_', ' ')} visit of {visit.visited_on}",
        f"{form.title}, version {form.version}; {visit.status.replace('_', ' ')}",
    ]
    answered = [
        f"  {question.number} {question.ask} {answer_text(question, plain(view.answers[name]))}"
        for name, question in form.questions.items()
        if name in view.answers
    ]
    left = [
        f"  {form.questions[name].number} {form.questions[name].ask}"
        for name in view.not_checked_last_time
    ]
    actions = [f"  {one.due_on} {one.title} ({one.status})" for one in view.actions]
    reviews = [f"  {one.at:%Y-%m-%d} {one.decision}: {one.comment}" for one in view.reviews]
    return [
        *head,
        *([view.answers_elsewhere] if view.answers_elsewhere else []),
        *outcome_lines(view.outcome, form),
        *section("Look at this", [f"  {warning}" for warning in view.warnings]),
        *section("Not checked last time", left),
        *section("Answers", answered),
        *section("Kept aside, not asked by this version", aside_lines(view.kept_aside)),
        *section("Actions", actions),
        *section("Reviews", reviews),
    ]


def aside_lines(kept: list[KeptAside]) -> list[str]:
    """Answers that are kept aside, a line each."""
    return [f"  {one.number or one.question} {one.ask} {_held(one)}" for one in kept]


def _held(one: KeptAside) -> str:
    evidence = f"evidence: {', '.join(one.evidence)}" if one.evidence else ""
    return "; ".join(part for part in (one.answer, one.note, one.reason, evidence) if part)
