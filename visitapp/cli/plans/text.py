"""Improvement plans as lines of a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from visitapp.cli.output import columns
from visitapp.language import plural, translate
from visitapp.rules.choices import ActionStatus
from visitapp.rules.plans.states import OwnerSide, PlanStatus
from visitapp.vocabulary import choice_word

if TYPE_CHECKING:
    from visitapp.services.plans.views import ActionEvent, PlanVersion, PlanView, ProgressPoint
    from visitapp.services.views.actions import ActionView


def plan_lines(plan: PlanView) -> list[str]:
    """A plan with its actions."""
    facts = [
        (translate("State"), choice_word(PlanStatus, plan.status)),
        (translate("Goal"), plan.goal),
        (
            translate("Dates"),
            translate("{first} to {last}", first=plan.starts_on, last=plan.ends_on),
        ),
        (translate("Provider's people"), plan.provider_people),
        (translate("Version"), _version(plan)),
        (translate("Ended on"), plan.ended_on),
        (translate("Reason"), plan.ended_reason),
        (translate("Actions"), counts_line(plan)),
    ]
    lines = [translate("{setting}: {id}", setting=plan.setting, id=plan.id)]
    lines += [f"  {label}: {text}" for label, text in facts if text]
    lines += [f"  {line}" for line in columns([_row(one) for one in plan.actions])]
    if plan.findings:
        lines.append(f"  {translate('These findings ask for an action and have none:')}")
        lines += [f"    {one.asked}" for one in plan.findings]
    if plan.changed:
        lines.append(f"  {translate('Changed since it was agreed:')}")
        lines += [f"    {what}" for what in plan.changed]
    return lines


def counts_line(plan: PlanView) -> str:
    """`7 of 18 verified (38%), 3 to verify, 5 not yet overdue, 3 overdue, 6 dates moved`."""
    counts = plan.counts
    parts = [
        translate(
            "{n} of {all} verified ({percent}%)",
            n=counts.verified,
            all=counts.actions,
            percent=counts.percent,
        ),
        translate("{n} to verify", n=counts.done) if counts.done else "",
        translate("{n} not yet overdue", n=counts.in_time) if counts.in_time else "",
        translate("{n} overdue", n=counts.overdue) if counts.overdue else "",
        plural("{n} date moved", "{n} dates moved", counts.moves) if counts.moves else "",
        translate("{n} reopened", n=counts.reopened) if counts.reopened else "",
        translate("{n} without a success measure", n=counts.without_measure)
        if counts.without_measure
        else "",
    ]
    return ", ".join(part for part in parts if part)


def event_lines(events: Sequence[ActionEvent]) -> list[str]:
    """What was said and done, a line each."""
    return [
        " ".join(
            part for part in (f"{one.on.isoformat()}", f"{one.who}:", one.what, one.text) if part
        )
        for one in events
    ]


def version_lines(version: PlanVersion) -> list[str]:
    """One version as it was agreed."""
    plan = version.plan
    head = translate(
        "Version {n}, agreed {day} with {whom}",
        n=version.version,
        day=version.agreed_on,
        whom=version.agreed_with,
    )
    rows = [
        (
            str(one.number),
            one.due_on.isoformat(),
            choice_word(OwnerSide, one.owner_side),
            one.title,
            one.success_measure,
        )
        for one in plan.actions
    ]
    return [head, f"  {plan.goal}", *(f"  {line}" for line in columns(rows))]


def point_rows(points: Sequence[ProgressPoint]) -> list[tuple[str, ...]]:
    """How a plan came along."""
    return [
        (
            point.on.isoformat(),
            translate("{n} asked for", n=point.asked),
            translate("{n} done", n=point.done),
            translate("{n} verified", n=point.verified),
        )
        for point in points
    ]


def _version(plan: PlanView) -> str:
    if not plan.version:
        return ""
    return translate(
        "{n}, agreed {day} with {whom}", n=plan.version, day=plan.agreed_on, whom=plan.agreed_with
    )


def _row(action: ActionView) -> tuple[str, ...]:
    notes = [
        plural("moved {n} time", "moved {n} times", action.moved_count)
        if action.moved_count
        else "",
        plural("reopened {n} time", "reopened {n} times", action.reopened_count)
        if action.reopened_count
        else "",
        translate("raised {n} times", n=action.raised) if action.raised > 1 else "",
    ]
    progress = (
        translate("{n} of {all}", n=action.progress or 0, all=action.target)
        if action.target
        else ""
    )
    return (
        str(action.number),
        action.id,
        action.due_on.isoformat(),
        choice_word(ActionStatus, action.status),
        choice_word(OwnerSide, action.owner_side),
        progress,
        action.title,
        ", ".join(note for note in notes if note),
    )
