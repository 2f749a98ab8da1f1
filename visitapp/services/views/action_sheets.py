"""What services hand out about a list of actions that is read back from a file."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class ActionDifference(Struct, frozen=True, kw_only=True):
    """One action that the file would change. `row` is its row there."""

    row: int
    action_id: str
    title: str
    setting: str
    due_before: date
    due_after: date
    owner_before: str
    owner_after: str
    reason: str


class SheetFault(Struct, frozen=True, kw_only=True):
    """A cell that stops the import: its row, the title of its column, and why."""

    row: int
    column: str
    what: str


class SheetPreview(Struct, frozen=True, kw_only=True):
    """What a file would change. `faults`: what must be mended first; `ignored`: formulas, which
    are not read."""

    file: str
    rows: int
    changes: list[ActionDifference]
    faults: list[SheetFault]
    ignored: list[SheetFault]
