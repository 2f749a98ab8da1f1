"""A council's own register of contracts, taken from a file: the difference is shown first."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from sqlalchemy.orm import Session

from visitapp.errors import BadFile, Code, Refused
from visitapp.language import message
from visitapp.records import Contract
from visitapp.rules.access import AccessRequest
from visitapp.services.context import Desk
from visitapp.services.contracts.register.columns import (
    Mapped,
    expected,
    joined,
    require_columns,
    titled,
)
from visitapp.services.contracts.register.known import Known
from visitapp.services.contracts.register.planning import Plan, Progress, planned, untold
from visitapp.services.contracts.register.taking import Taking
from visitapp.services.permission import objection, permit_making
from visitapp.services.sheets.faults import require_faultless
from visitapp.services.sheets.reading import Table, read_table
from visitapp.services.views.registers import RegisterColumn, RegisterDifference

_REMEMBERED = "register_columns"


class ReadRegister(Struct, frozen=True):
    """A file as it was read, and what it would change. `adds_settings`: settings that are not here
    are added."""

    table: Table
    difference: RegisterDifference
    adds_settings: bool


class ContractRegister:
    """Takes contracts from files. Nothing is ever deleted: contracts, and settings under them, that
    a file does not name stay as they are."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def may_import(self) -> bool:
        """Whether the user may make contracts."""
        with self._desk.reading() as session:
            user = self._desk.user(session)
            asked = AccessRequest(creating=True, fields=frozenset(), created_by=user.id)
            return objection(user, Contract, asked) is None

    def columns(self, path: Path) -> list[RegisterColumn]:
        """The columns of a file, with the field that each is taken to be.

        Raises NotAllowed, or BadFile when no row of the file holds titles.
        """
        mapped = self._mapped({})
        try:
            table = read_table(path, expected(mapped))
        except BadFile as refused:
            if refused.code != Code.FILE_UNKNOWN:
                raise
            table = read_table(path, titled(mapped))
        known = {title: field for field, title in table.titles.items()}
        return [RegisterColumn(title, known.get(title, "")) for title in dict.fromkeys(table.order)]

    def read(
        self,
        path: Path,
        columns: Mapped | None = None,
        *,
        adds_settings: bool = False,
        progress: Progress = untold,
    ) -> ReadRegister:
        """What a file would change. No record is changed; which field each of `columns` is, by its
        title, is remembered for the next file. `adds_settings`: add settings that are not here.

        Raises NotAllowed, BadFile when the file is no register, and Refused BAD_VALUE for a column
        that is not in it or a field that is none.
        """
        given = columns or {}
        mapped = self._mapped(given)
        table = read_table(path, expected(mapped))
        require_columns(table, given)
        if given:
            with self._desk.transaction() as session:
                self._desk.states.set(session, _REMEMBERED, mapped)
        with self._desk.reading() as session:
            _, plan = self._planned(session, str(path), table, adds_settings, progress)
        return ReadRegister(table, plan.difference, adds_settings)

    def apply(self, read: ReadRegister, progress: Progress = untold) -> int:
        """Make the changes that were shown, all or none; gives how many contracts were made or
        changed. When `progress` raises, nothing is kept.

        Raises NotAllowed, BadFile for a file with faults, with the row of the first, and Refused
        where the difference is no longer the one that was shown.
        """
        shown = read.difference
        require_faultless(shown.file, shown.faults)
        with self._desk.transaction() as session:
            known, plan = self._planned(session, shown.file, read.table, read.adds_settings, untold)
            if plan.difference != shown:
                raise Refused(
                    Code.BAD_VALUE,
                    message(
                        "Contracts have changed since the changes were shown. Nothing was imported."
                    ),
                    message("Check the changes again."),
                )
            Taking(self._desk, session, known).take(plan, progress)
        return len(plan.changes)

    def _mapped(self, given: Mapped) -> dict[str, str]:
        with self._desk.reading() as session:
            permit_making(self._desk, session, Contract)
            return joined(self._desk.states.get(session, _REMEMBERED) or {}, given)

    def _planned(
        self, session: Session, file: str, table: Table, adds_settings: bool, progress: Progress
    ) -> tuple[Known, Plan]:
        known = Known(session, self._desk, adds_settings=adds_settings)
        if "management_level" in table.titles:
            known.read_levels(session)
        return known, planned(file, table, known, progress)
