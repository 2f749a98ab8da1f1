"""Escalations and lists of people as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.cli.output import columns
from visitapp.language import message, translate

if TYPE_CHECKING:
    from visitapp.services.escalation.views import EscalationView, PeopleView, StepView

_STATES = {
    "open": message("open"),
    "ended": message("ended"),
    "skipped": message("passed over"),
    "waiting": message("not taken"),
}


def escalation_lines(view: EscalationView) -> list[str]:
    """Where a setting stands, its steps, and what was decided."""
    lines = [translate("{setting}: {state}", setting=view.setting, state=view.status_word)]
    if view.since:
        lines.append(f"  {translate('Since {day}', day=view.since.isoformat())}")
    lines.append(f"  {translate('New placements: {position}', position=view.position)}")
    lines += [f"  {line}" for line in view.waits]
    lines += [f"  {line}" for line in columns([_step_row(step) for step in view.steps])]
    for entry in view.entries:
        aside = translate(" (set aside: it met another decision)") if entry.set_aside else ""
        lines.append(f"  {entry.on.isoformat()} {entry.title}{aside}, {entry.by}")
        lines += [f"    {line}" for line in entry.lines]
        if entry.letter:
            lines.append(
                f"    {translate('Letter: {letter}, {id}', letter=entry.letter, id=entry.id)}"
            )
    return lines


def _step_row(step: StepView) -> tuple[str, ...]:
    days = (step.opened_on, step.due_on or step.review_on, step.ended_on)
    return (
        step.rung,
        str(_STATES[step.state]),
        *(day.isoformat() if day else "" for day in days),
        step.outcome,
    )


def people_lines(view: PeopleView) -> list[str]:
    """The people of a setting, those still to be moved first."""
    moved = translate("{n} of {all} moved", n=view.moved, all=view.total)
    lines = [translate("{setting}: {moved}", setting=view.setting, moved=moved)]
    rows = [
        (
            one.id,
            one.person,
            one.funder_word,
            one.off_list
            or (one.moved_on.isoformat() if one.moved_on else translate("to be moved")),
            one.moved_to or one.alternatives,
            one.needs,
        )
        for one in view.people
    ]
    return [*lines, *(f"  {line}" for line in columns(rows))]
