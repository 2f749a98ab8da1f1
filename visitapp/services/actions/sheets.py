"""Due dates and owners of actions from a list that was exported and changed.

The difference is shown before anything is taken. A cell that nobody changed in the file changes
nothing here, although the action may have moved since.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import Action
from visitapp.rules.action_life import ACTION, due_date_fault
from visitapp.rules.text import text_fault
from visitapp.services.actions.queries import action_views
from visitapp.services.actions.sheet_columns import ACTIONS, COLUMNS, REASON
from visitapp.services.context import Desk
from visitapp.services.permission import actor_of
from visitapp.services.sheets.cells import day_of, text_of
from visitapp.services.sheets.faults import require_faultless
from visitapp.services.sheets.reading import FORMULA, SheetRow, read_table
from visitapp.services.views.action_sheets import ActionDifference, SheetFault, SheetPreview
from visitapp.services.views.actions import ActionView
from visitapp.standing.steps import new_step

_LONGEST_OWNER = 120


class _FaultError(Exception):
    """A cell stops the import: its column in `COLUMNS`, and why."""

    def __init__(self, column: str, what: Message) -> None:
        super().__init__(column)
        self.column, self.what = column, what


class _Wanted(Struct, frozen=True):
    """What a row asks for; None where it leaves the action as it is."""

    due: date | None
    owner: str | None
    reason: str


class ActionSheets:
    """Takes due dates and owners back from files."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self, path: Path) -> SheetPreview:
        """What a file would change. Nothing is changed.

        Raises BadFile when the file is no list of actions.
        """
        rows = read_table(path, ACTIONS).rows
        with self._desk.reading() as session:
            known = {one.id: one for one in action_views(session, self._desk.today())}
        return _compared(path, rows, known)

    def apply(self, preview: SheetPreview) -> int:
        """Make the changes of a preview, all or none; gives how many actions changed.

        Raises BadFile for a preview with faults, with the row of the first, and Refused where an
        action was changed since, or may not be changed.
        """
        require_faultless(preview.file, preview.faults)
        if not preview.changes:
            return 0
        with self._desk.transaction() as session:
            for change in preview.changes:
                self._change(session, change)
        return len(preview.changes)

    def _change(self, session: Session, change: ActionDifference) -> None:
        action = session.get(Action, change.action_id)
        seen = (change.due_before, change.owner_before)
        if action is None or action.deleted or (action.due_on, action.owner) != seen:
            raise Refused(
                Code.BAD_VALUE,
                message(
                    "“{title}” has changed since the changes were shown. Nothing was imported.",
                    title=change.title,
                ),
                message("Check the changes again."),
            )
        action.owner = change.owner_after
        if change.due_after != change.due_before:
            fields: dict[str, Any] = {"due_on": change.due_after}
            step = new_step(
                action,
                action.status,
                actor_of(self._desk.user(session)),
                self._desk.clock(),
                day=self._desk.today(),
                reason=change.reason,
                fields=fields,
            )
            session.add(step)


def _compared(path: Path, rows: list[SheetRow], known: dict[str, ActionView]) -> SheetPreview:
    changes: list[ActionDifference] = []
    faults: list[SheetFault] = []
    seen: dict[str, int] = {}
    for row in rows:
        try:
            action = _action(row, known, seen)
            wanted = _wanted(row, action)
            if wanted.due is not None or wanted.owner is not None:
                changes.append(_difference(row, action, wanted))
        except _FaultError as fault:
            column = str(COLUMNS[fault.column])
            faults.append(SheetFault(row=row.number, column=column, what=str(fault.what)))
    return SheetPreview(
        file=str(path),
        rows=len(rows),
        changes=changes,
        faults=faults,
        ignored=list(_ignored(rows)),
    )


def _action(row: SheetRow, known: dict[str, ActionView], seen: dict[str, int]) -> ActionView:
    id_ = row.cells.get("id")
    text = "" if id_ is FORMULA else text_of(id_)
    if text not in known:
        raise _FaultError(
            "id", message("No action on this device has the id “{id}”.", id=text[:60])
        )
    if text in seen:
        raise _FaultError("id", message("The action stands in row {row} too.", row=seen[text]))
    seen[text] = row.number
    return known[text]


def _wanted(row: SheetRow, action: ActionView) -> _Wanted:
    due = _due(row, action)
    owner = _owner(row, action)
    reason = row.cells.get("reason")
    said = "" if reason is FORMULA else text_of(reason)
    if due is not None and due > action.due_on and not said:
        raise _FaultError(
            "reason", message("A later due date needs its reason in “{column}”.", column=REASON)
        )
    fault = text_fault(said)
    if fault:
        raise _FaultError("reason", fault)
    return _Wanted(due, owner, said)


def _due(row: SheetRow, action: ActionView) -> date | None:
    """The due date that somebody wrote in the file; None where nobody did."""
    cell = row.cells.get("due")
    if cell is FORMULA:
        return None
    try:
        wanted = day_of(cell)
    except ValueError:
        raise _FaultError("due", message("“{text}” is not a date.", text=str(cell)[:60])) from None
    if wanted is None or wanted == action.due_on:
        return None
    try:
        then = day_of(row.cells.get("due_then"))
    except ValueError:
        then = None
    if then is not None and wanted == then:
        return None
    if then is not None and then != action.due_on:
        raise _FaultError(
            "due",
            message(
                "The action was moved to {day} since the list was exported.",
                day=short_day(action.due_on),
            ),
        )
    if ACTION.rule(action.status, action.status) is None:
        raise _FaultError(
            "due", message("The action is no longer open, so its due date stays as it is.")
        )
    fault = due_date_fault(wanted)
    if fault:
        raise _FaultError("due", fault)
    return wanted


def _owner(row: SheetRow, action: ActionView) -> str | None:
    """The owner that somebody wrote in the file; None where nobody did."""
    if "owner" not in row.cells or row.cells["owner"] is FORMULA:
        return None
    wanted = text_of(row.cells["owner"])
    if wanted == action.owner:
        return None
    if "owner_then" in row.cells:
        then = text_of(row.cells["owner_then"])
        if wanted == then:
            return None
        if then != action.owner:
            raise _FaultError(
                "owner",
                message(
                    "The owner was changed to “{owner}” since the list was exported.",
                    owner=action.owner,
                ),
            )
    fault = text_fault(wanted, _LONGEST_OWNER)
    if fault:
        raise _FaultError("owner", fault)
    return wanted


def _difference(row: SheetRow, action: ActionView, wanted: _Wanted) -> ActionDifference:
    return ActionDifference(
        row=row.number,
        action_id=action.id,
        title=action.title,
        setting=action.setting,
        due_before=action.due_on,
        due_after=action.due_on if wanted.due is None else wanted.due,
        owner_before=action.owner,
        owner_after=action.owner if wanted.owner is None else wanted.owner,
        reason=wanted.reason,
    )


def _ignored(rows: list[SheetRow]) -> Iterator[SheetFault]:
    for row in rows:
        for name, cell in row.cells.items():
            if cell is FORMULA:
                what = str(message("This is a formula, which is not read."))
                yield SheetFault(row=row.number, column=str(COLUMNS[name]), what=what)
