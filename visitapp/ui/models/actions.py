"""The columns of a list of actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from visitapp.language import plural, translate
from visitapp.services.actions import sheet_columns
from visitapp.services.views.actions import ActionView
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column, in_file


def action_columns(today: Callable[[], date], *, with_setting: bool = True) -> list[Column]:
    """Action, setting (unless all are of one), priority, due, status."""
    columns = [
        Column(translate("Action"), _action, share=30),
        Column(
            translate("Priority"),
            lambda a: Cell(words.priorities()[a.priority]),
            share=11,
            yields=3,
        ),
        Column(
            str(sheet_columns.DUE),
            lambda a: due_cell(a, today()),
            share=15,
            value=lambda a: a.due_on,
            fits=_overdue(188, words.day(date(2026, 11, 28))),
        ),
        Column(translate("Status"), _status, share=15, yields=2),
        *_of_files(),
    ]
    if with_setting:
        columns.insert(
            1, Column(translate("Setting"), lambda a: Cell(a.setting), share=16, yields=1)
        )
    return columns


def _of_files() -> list[Column]:
    """What is read back from a file, beside the due date."""
    return [
        in_file(sheet_columns.OWNER, lambda a: a.owner),
        in_file(sheet_columns.REASON, lambda a: ""),
        in_file(sheet_columns.ACTION_ID, lambda a: a.id),
        in_file(sheet_columns.DUE_THEN, lambda a: a.due_on),
        in_file(sheet_columns.OWNER_THEN, lambda a: a.owner),
    ]


def action_line(action: ActionView) -> str:
    """`Provider's manager · raised 12 Aug 2026`."""
    raised = translate("raised {day}", day=words.day(action.raised_on))
    return words.joined(action.owner, raised)


def due_cell(action: ActionView, today: date) -> Cell:
    """When it is due; in red and in words when that is past."""
    day = words.near_day(action.due_on, today)
    if action.overdue_days > 0:
        return _overdue(action.overdue_days, day)
    return Cell(day)


def _overdue(days: int, day: str) -> Cell:
    late = plural("Overdue {n} day", "Overdue {n} days", days)
    return Cell(late, translate("was due {day}", day=day), tone="red", strong=True)


def _action(action: ActionView) -> Cell:
    return Cell(action.title, action_line(action), strong=True)


def _status(action: ActionView) -> Cell:
    tone = {"done": "green", "verified": "green", "withdrawn": "muted"}.get(action.status, "")
    second = words.day(action.done_on) if action.done_on else ""
    return Cell(words.action_statuses()[action.status], second, tone=tone)
