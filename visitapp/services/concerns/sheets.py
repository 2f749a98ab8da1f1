"""Concerns from a case system's file: the difference is shown first, and a concern that is logged
already stays as it is, so that the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Concern, Setting
from visitapp.rules.concerns.states import ConcernKind, ConcernSource, Severity
from visitapp.rules.policy.model import Policy
from visitapp.rules.text import folded
from visitapp.services.concerns.checks import logged_fields
from visitapp.services.concerns.concerns import Concerns
from visitapp.services.concerns.sheet_columns import COLUMNS, expected, titled
from visitapp.services.concerns.views import ConcernDifference, ConcernSheet, NewConcern
from visitapp.services.context import Desk
from visitapp.services.contracts.register.known import Known
from visitapp.services.sheets.cells import day_of, text_of
from visitapp.services.sheets.faults import require_faultless
from visitapp.services.sheets.reading import FORMULA, SheetRow, read_table
from visitapp.services.views.action_sheets import SheetFault
from visitapp.services.views.registers import RegisterColumn
from visitapp.vocabulary import choice_words

_REMEMBERED = "concern_columns"
_NOON = time(12)
"""Of a day without a time: the same day wherever it is read."""


class ConcernSheets:
    """Takes concerns from files."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def columns(self, path: Path) -> list[RegisterColumn]:
        """The columns of a file, with the field that each is taken to be. Raises BadFile when no
        row of the file holds titles."""
        with self._desk.reading() as session:
            mapped = self._desk.states.get(session, _REMEMBERED) or {}
        table = read_table(path, titled(mapped))
        known = {title: field for field, title in table.titles.items()}
        return [RegisterColumn(title, known.get(title, "")) for title in dict.fromkeys(table.order)]

    def preview(self, path: Path, columns: Mapping[str, str] | None = None) -> ConcernSheet:
        """What a file would log. No record is changed; which field each of `columns` is, by its
        title, is remembered for the next file. Raises BadFile and Refused(BAD_VALUE)."""
        with self._desk.reading() as session:
            remembered = self._desk.states.get(session, _REMEMBERED) or {}
        mapped = {**remembered, **(columns or {})}
        table = read_table(path, expected(mapped))
        if columns:
            with self._desk.transaction() as session:
                self._desk.states.set(session, _REMEMBERED, mapped)
        with self._desk.reading() as session:
            reading = _Reading(session, self._desk)
            for row in table.rows:
                reading.take(row)
        return ConcernSheet(
            file=str(path),
            columns=table.titles,
            unread=table.unread,
            new=reading.new,
            known=reading.known,
            faults=reading.faults,
        )

    def apply(self, sheet: ConcernSheet) -> int:
        """Log the concerns of a preview, all or none; gives how many. Raises BadFile for one with
        faults, with the row of the first, NotAllowed, and Refused where one was logged since."""
        require_faultless(sheet.file, sheet.faults)
        if not sheet.new:
            return 0
        concerns = Concerns(self._desk)
        with self._desk.transaction() as session:
            logged = _references(session)
            for one in sheet.new:
                if (one.concern.setting_id, one.concern.reference) in logged:
                    raise Refused(
                        Code.BAD_VALUE,
                        message("A concern has been logged since the changes were shown."),
                        message("Check the changes again."),
                    )
                concerns.add(session, one.concern)
        return len(sheet.new)


class _Reading:
    """The rows of one file."""

    def __init__(self, session: Session, desk: Desk) -> None:
        self.new: list[ConcernDifference] = []
        self.faults: list[SheetFault] = []
        self.known = 0
        self._policy: Policy = desk.policy(session)
        self._now = desk.clock()
        self._settings = Known(session, desk)
        self._names = dict(session.execute(select(Setting.id, Setting.name)).all())
        self._logged = _references(session)

    def take(self, row: SheetRow) -> None:
        """Note what a row asks for, or the first cell that stops it."""
        cells = {n: "" if cell is FORMULA else cell for n, cell in row.cells.items()}
        before = len(self.faults)
        values: dict[str, Any] = {}
        for name, read in self._readers().items():
            with self._fault(row.number, name):
                values[name] = read(cells.get(name))
        if len(self.faults) > before:
            return
        received: date = values.pop("received")
        concern = NewConcern(
            setting_id=values.pop("setting"),
            received_at=min(datetime.combine(received, _NOON, UTC), self._now),
            happened_on=values.pop("happened"),
            **values,
        )
        with self._fault(row.number, "title"):
            logged_fields(concern, self._policy, self._now)
            if (concern.setting_id, concern.reference) in self._logged:
                self.known += 1
                return
            self._logged.add((concern.setting_id, concern.reference))
            setting = self._names[concern.setting_id]
            self.new.append(ConcernDifference(row=row.number, setting=setting, concern=concern))

    def _readers(self) -> dict[str, Callable[[object], Any]]:
        return {
            "reference": _needed,
            "setting": self._setting,
            "kind": lambda cell: _choice(ConcernKind, cell, None),
            "received": self._received,
            "happened": _day,
            "severity": lambda cell: _choice(Severity, cell, Severity.TWO),
            "source": lambda cell: _choice(ConcernSource, cell, ConcernSource.PARTNER),
            "themes": self._themes,
            "person": text_of,
            "title": _needed,
            "text": text_of,
        }

    def _setting(self, cell: object) -> str:
        found = self._settings.setting(_needed(cell))
        if found is None:
            what = message("No setting on this device is “{name}”.", name=text_of(cell)[:60])
            raise Refused(Code.BAD_VALUE, what)
        return found

    def _received(self, cell: object) -> date:
        day = _day(cell)
        if day is None:
            raise Refused(Code.BAD_VALUE, message("This cell is empty."))
        if day > self._now.astimezone().date():
            raise Refused(Code.BAD_VALUE, message("This date is in the future."))
        return day

    def _themes(self, cell: object) -> list[str]:
        known = {folded(t.id): t.id for t in self._policy.themes}
        known |= {folded(t.label): t.id for t in self._policy.themes}
        given = [one.strip() for one in text_of(cell).replace(";", ",").split(",") if one.strip()]
        for one in given:
            if folded(one) not in known:
                raise Refused(Code.BAD_VALUE, message("There is no theme “{theme}”.", theme=one))
        return [known[folded(one)] for one in given]

    @contextmanager
    def _fault(self, row: int, name: str) -> Iterator[None]:
        try:
            yield
        except Refused as why:
            column = str(COLUMNS.get(why.field or name, COLUMNS[name]))
            self.faults.append(SheetFault(row=row, column=column, what=str(why)))


def _references(session: Session) -> set[tuple[str, str]]:
    found = session.execute(
        select(Concern.setting_id, Concern.reference).where(Concern.reference != "")
    )
    return {(setting_id, reference) for setting_id, reference in found}


def _needed(cell: object) -> str:
    text = text_of(cell)
    if not text:
        raise Refused(Code.BAD_VALUE, message("This cell is empty."))
    return text


def _day(cell: object) -> date | None:
    try:
        return day_of(cell)
    except ValueError:
        raise Refused(
            Code.BAD_VALUE, message("“{text}” is not a date.", text=text_of(cell)[:60])
        ) from None


def _choice(choices: type[StrEnum], cell: object, usual: str | None) -> str:
    """The choice that a cell names by its value or its word; an empty cell has the usual one."""
    text = folded(text_of(cell))
    if not text and usual is not None:
        return usual
    words = {folded(word): value for value, word in choice_words(choices).items()}
    words |= {folded(choice.value.replace("_", " ")): choice.value for choice in choices}
    words |= {choice.value: choice.value for choice in choices}
    if text not in words:
        raise Refused(
            Code.BAD_VALUE,
            message("“{value}” is not a value of this field.", value=text_of(cell)[:60]),
            message("Use one of: {known}.", known=", ".join(choices)),
        )
    return words[text]
