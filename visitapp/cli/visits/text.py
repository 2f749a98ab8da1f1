"""A visit and its outcome on a terminal, as JSON and as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visitapp.cli.visits.outcome_text import outcome_lines, section
from visitapp.language import translate
from visitapp.rules.choices import ActionStatus, VisitStatus
from visitapp.services.visits.answers.plain import plain

if TYPE_CHECKING:
    from forms.model import Form
    from visitapp.services.views.form_upgrade import KeptAside
    from visitapp.services.views.visits import CommentView, VisitView


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
        "contract": view.contract,
        "status": visit.status,
        "answers": {question: plain(answer) for question, answer in view.answers.items()},
        "outcome": None if view.hidden else view.outcome,
        "blind": view.blind,
        "hidden": view.hidden,
        "overrides": view.outcome_overrides,
        "needs": view.needs,
        "review": view.reviews[0] if view.reviews else None,
        "reviews": view.reviews,
        "comments": view.comments,
        "actions": view.actions,
        "evidence": view.evidence,
        "warnings": view.warnings,
        "thin_sources": view.thin_sources,
        "kept_aside": view.kept_aside,
        "last_time": view.last_time,
        "not_checked_last_time": view.not_checked_last_time,
        "signed_off_at": visit.signed_off_at,
        "signed_off_by": view.signed_off_by,
    }


def visit_lines(view: VisitView, form: Form) -> list[str]:
    """A visit for reading: what it is, its outcome, each answer by number, actions, reviews."""
    from visitapp.services.visits.blind import hidden_line
    from visitapp.services.visits.sign_off.override_views import override_line
    from visitapp.services.wording import answer_text
    from visitapp.vocabulary import choice_word, visit_word

    visit = view.summary
    head = [
        translate(
            "{setting}, {visit} of {day}",
            setting=view.setting_name,
            visit=visit_word(visit.purpose).lower(),
            day=visit.visited_on,
        ),
        translate(
            "{form}, version {version}; {status}",
            form=form.title,
            version=form.version,
            status=choice_word(VisitStatus, visit.status).lower(),
        ),
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
    actions = [
        f"  {one.due_on} {one.title} ({choice_word(ActionStatus, one.status).lower()})"
        for one in view.actions
    ]
    reviews = [
        f"  {one.at:%Y-%m-%d} {choice_word(VisitStatus, one.decision).lower()}: {one.comment}"
        for one in view.reviews
    ]
    return [
        *head,
        *([view.answers_elsewhere] if view.answers_elsewhere else []),
        *([hidden_line()] if view.hidden else outcome_lines(view.outcome, form)),
        *section(
            translate("Override"), [f"  {override_line(one)}" for one in view.outcome_overrides]
        ),
        *section(translate("Worth a second look"), [f"  {warning}" for warning in view.warnings]),
        *section(
            translate("What the answers rest on"), [f"  {one.text}" for one in view.thin_sources]
        ),
        *section(translate("Not checked last time"), left),
        *section(translate("Answers"), answered),
        *section(
            translate("Answers kept from another version, not counted"),
            aside_lines(view.kept_aside),
        ),
        *section(translate("Actions"), actions),
        *section(translate("Reviews"), reviews),
        *section(translate("Comments"), [f"  {line}" for line in comment_lines(view.comments)]),
    ]


def comment_lines(comments: list[CommentView]) -> list[str]:
    """Comments, a line each: `4.3 2026-11-23 Lee Park: Which audit was this?`."""
    return [
        f"{one.number or one.question} {one.at.astimezone():%Y-%m-%d} {one.by}: {one.text}"
        for one in comments
    ]


def aside_lines(kept: list[KeptAside]) -> list[str]:
    """Answers that are kept aside, a line each."""
    return [f"  {one.number or one.question} {one.ask} {_held(one)}" for one in kept]


def _held(one: KeptAside) -> str:
    evidence = (
        translate("evidence: {titles}", titles=", ".join(one.evidence)) if one.evidence else ""
    )
    return "; ".join(part for part in (one.answer, one.note, one.reason, evidence) if part)
