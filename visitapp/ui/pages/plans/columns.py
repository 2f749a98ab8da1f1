"""The columns of the lists on the page of a plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from visitapp.language import plural, translate
from visitapp.rules.choices import ActionStatus
from visitapp.rules.plans.states import OwnerSide
from visitapp.services.views.actions import ActionView
from visitapp.ui import words
from visitapp.ui.models.actions import due_cell
from visitapp.ui.models.rows import Cell, Column
from visitapp.vocabulary import choice_word


def plan_columns(today: Callable[[], date]) -> list[Column]:
    """Action with its number, whose it is, progress, due and state."""
    return [
        Column(translate("Action"), _action, share=30),
        Column(
            translate("Who"),
            lambda a: Cell(choice_word(OwnerSide, a.owner_side), a.owner),
            share=14,
            yields=2,
        ),
        Column(translate("Progress"), lambda a: Cell(progress_text(a)), share=13, yields=1),
        Column(translate("Due"), lambda a: _due(a, today()), share=20, value=lambda a: a.due_on),
        Column(translate("State"), _state, share=25),
    ]


def point_columns() -> list[Column]:
    """The picture of the progress, as a table."""
    return [
        Column(translate("Day"), lambda p: Cell(words.day(p.on)), share=12, value=lambda p: p.on),
        Column(translate("Asked for"), lambda p: Cell(str(p.asked)), share=10),
        Column(translate("Done"), lambda p: Cell(str(p.done)), share=10),
        Column(translate("Verified"), lambda p: Cell(str(p.verified)), share=10),
    ]


def progress_text(action: ActionView) -> str:
    """`12 of 29`, or what is done where nothing says of how many."""
    if action.target:
        return translate("{n} of {all}", n=action.progress or 0, all=action.target)
    return "" if action.progress is None else str(action.progress)


def moves_text(action: ActionView) -> str:
    """`moved 2 times · reopened 1 time · raised 3 times`."""
    return words.joined(
        plural("moved {n} time", "moved {n} times", action.moved_count)
        if action.moved_count
        else "",
        plural("reopened {n} time", "reopened {n} times", action.reopened_count)
        if action.reopened_count
        else "",
        translate("raised {n} times", n=action.raised) if action.raised > 1 else "",
    )


def _action(action: ActionView) -> Cell:
    return Cell(f"{action.number} {action.title}", moves_text(action), strong=True)


def _due(action: ActionView, today: date) -> Cell:
    cell = due_cell(action, today)
    if action.due_on != action.first_due_on and not cell.second:
        first = translate("first due {day}", day=words.day(action.first_due_on))
        return Cell(cell.text, first, tone=cell.tone, strong=cell.strong)
    return cell


def _state(action: ActionView) -> Cell:
    tones = {ActionStatus.DONE: "green", ActionStatus.VERIFIED: "green"}
    return Cell(
        words.action_statuses()[action.status], tone=tones.get(ActionStatus(action.status), "")
    )
