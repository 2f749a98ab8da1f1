"""What a file from the provider says that is not here yet, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from visitapp.dates import short_day
from visitapp.errors import VisitappError
from visitapp.language import Message, counted, message, translate
from visitapp.records import ActionStatus, ActionUpdate
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.rules.days import future_fault
from visitapp.rules.plans.agreed import AgreedAction, AgreedPlan
from visitapp.rules.plans.counted import progress_fault
from visitapp.services.lookup import check_texts
from visitapp.services.plans.provider.columns import (
    COLUMNS,
    OURS,
    THEIRS,
    comparable,
    row_check,
)
from visitapp.services.plans.provider.views import ReturnedRow
from visitapp.services.sheets.cells import day_of, text_of
from visitapp.services.sheets.reading import FORMULA, SheetRow, Table
from visitapp.services.views.action_sheets import SheetFault
from visitapp.services.views.actions import ActionView


class _FaultError(Exception):
    """A cell cannot be taken: its column in `COLUMNS`, and why."""

    def __init__(self, column: str, what: Message) -> None:
        super().__init__(column)
        self.column, self.what = column, what


class Here(Struct, frozen=True, kw_only=True):
    """What is here: the version that the file is of, its actions by id, and what earlier files
    said of each (`told`), in which `taken` are the actions taken from this very file."""

    check: str
    version: AgreedPlan
    actions: Mapping[str, ActionView]
    told: Mapping[str, set[str]]
    taken: set[str]
    today: date


class Compared:
    """The rows of a table against what is here."""

    def __init__(self, table: Table, here: Here) -> None:
        self.changes: list[ReturnedRow] = []
        self.faults: list[SheetFault] = []
        self.notes: list[str] = []
        self.taken = 0
        self._here = here
        self._agreed = {action.id: action for action in here.version.actions}
        self._seen: dict[str, int] = {}
        for row in table.rows:
            try:
                self._take(row)
            except _FaultError as fault:
                column = str(COLUMNS[fault.column])
                self.faults.append(SheetFault(row=row.number, column=column, what=str(fault.what)))
        self.notes += self._left_out()
        self.notes += _unread(table)

    def _take(self, row: SheetRow) -> None:
        if not any(_filled(row, name) for name in ("id", *THEIRS)):
            return
        agreed = self._action(row)
        self.notes += self._altered(row, agreed)
        self.notes += [_formula(row, name) for name in THEIRS if row.cells.get(name) is FORMULA]
        if not any(_text(row, name) for name in THEIRS):
            return
        action = self._here.actions.get(agreed.id)
        if action is None or action.status == ActionStatus.WITHDRAWN:
            raise _FaultError("id", message("Action {n} was withdrawn.", n=agreed.number))
        if agreed.id in self._here.taken:
            self.taken += 1
            return
        found = self._difference(row, agreed, action)
        if found is not None:
            self.changes.append(found)

    def _action(self, row: SheetRow) -> AgreedAction:
        id_ = _text(row, "id")
        if id_ not in self._agreed:
            raise _FaultError("id", message("This row is not an action of the plan."))
        if id_ in self._seen:
            what = message("The action is in row {row} too.", row=self._seen[id_])
            raise _FaultError("id", what)
        self._seen[id_] = row.number
        return self._agreed[id_]

    def _difference(
        self, row: SheetRow, agreed: AgreedAction, action: ActionView
    ) -> ReturnedRow | None:
        progress = _progress(row, action)
        done_on = _done_on(row, self._here.today)
        if done_on is not None and action.status not in OPEN_STATUSES:
            if done_on != action.done_on:
                self.notes.append(_settled(row, agreed, action))
            done_on = None
        words = _words(row)
        if words in self._here.told.get(action.id, set()):
            words = ""
        if progress == action.progress and not words:
            progress = None
        if progress is None and done_on is None and not words:
            return None
        return ReturnedRow(
            row=row.number,
            action_id=action.id,
            number=agreed.number,
            title=action.title,
            status=action.status,
            target=action.target,
            progress_before=action.progress,
            progress=progress,
            done_on=done_on,
            words=words,
        )

    def _altered(self, row: SheetRow, agreed: AgreedAction) -> Iterator[str]:
        """That cells of ours were changed in the file, with those that we can name."""
        if row_check(self._here.check, agreed.id, row.cells) == _text(row, "check"):
            return
        was = {"title": agreed.title, "measure": agreed.success_measure, "number": agreed.number}
        changed = [
            str(OURS[name])
            for name, value in was.items()
            if comparable(name, row.cells.get(name)) != comparable(name, value)
        ]
        if changed:
            yield translate(
                "Row {row}: {columns} was changed in the file. It stays as agreed.",
                row=row.number,
                columns=", ".join(f"“{name}”" for name in changed),
            )
        else:
            yield translate(
                "Row {row}: cells outside the marked ones were changed in the file. They are not "
                "read.",
                row=row.number,
            )

    def _left_out(self) -> Iterator[str]:
        missing = [
            action.number
            for action in self._here.version.actions
            if action.id not in self._seen and action.id in self._here.actions
        ]
        if missing:
            yield str(
                counted(
                    "Action {numbers} is missing from the file.",
                    "Actions {numbers} are missing from the file.",
                    len(missing),
                    numbers=", ".join(map(str, sorted(missing))),
                )
            )


def _filled(row: SheetRow, name: str) -> bool:
    return row.cells.get(name) is FORMULA or bool(_text(row, name))


def _text(row: SheetRow, name: str) -> str:
    cell = row.cells.get(name)
    return "" if cell is FORMULA else text_of(cell)


def _progress(row: SheetRow, action: ActionView) -> int | None:
    """The number done that the file says; `12` or `12 of 29`."""
    text = _text(row, "progress")
    if not text:
        return None
    first = text.split()[0]
    if not (first.isascii() and first.isdecimal()) or len(first) > 9:
        raise _FaultError("progress", message("“{text}” is not a number.", text=text[:60]))
    fault = progress_fault(int(first), action.target)
    if fault:
        raise _FaultError("progress", fault)
    return int(first)


def _done_on(row: SheetRow, today: date) -> date | None:
    cell = row.cells.get("done_on")
    try:
        day = None if cell is FORMULA else day_of(cell)
    except ValueError:
        raise _FaultError(
            "done_on", message("“{text}” is not a date.", text=str(cell)[:60])
        ) from None
    fault = future_fault(day, today) if day is not None else None
    if fault:
        raise _FaultError("done_on", fault)
    return day


def _words(row: SheetRow) -> str:
    """What was done and what shows it, as one text."""
    words, shown = _text(row, "words"), _text(row, "evidence")
    shows = translate("Evidence: {what}", what=shown) if shown else ""
    text = "\n".join(part for part in (words, shows) if part)
    try:
        check_texts(ActionUpdate, {"text": text})
    except VisitappError as error:
        raise _FaultError("words", error.what) from None
    return text


def _settled(row: SheetRow, agreed: AgreedAction, action: ActionView) -> str:
    if action.status == ActionStatus.VERIFIED:
        return translate(
            "Row {row}: action {n} is verified, so “Done on” is not taken.",
            row=row.number,
            n=agreed.number,
        )
    return translate(
        "Row {row}: action {n} is recorded as done on {day}, which stays.",
        row=row.number,
        n=agreed.number,
        day=short_day(action.done_on) if action.done_on else "",
    )


def _formula(row: SheetRow, name: str) -> str:
    return translate(
        "Row {row}, column “{column}”: this is a formula, which is not read.",
        row=row.number,
        column=COLUMNS[name],
    )


def _unread(table: Table) -> Iterator[str]:
    for name in table.hidden:
        yield translate("The sheet “{sheet}” is hidden, so it was not read.", sheet=name[:60])
    if table.macros:
        yield translate("The file has macros. They were not run or read.")
