"""A council's own register of contracts, taken from a file: the difference is shown first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Contract, ContractSetting, Provider, new_id
from visitapp.records.ids import contract_setting_id
from visitapp.rules.access import AccessRequest
from visitapp.rules.text import folded
from visitapp.services.context import Desk
from visitapp.services.contracts.register.columns import (
    Mapped,
    expected,
    joined,
    require_columns,
)
from visitapp.services.contracts.register.known import Known
from visitapp.services.contracts.register.planning import ContractChange, Plan, planned
from visitapp.services.permission import permit, permit_making
from visitapp.services.sheets.faults import require_faultless
from visitapp.services.sheets.reading import Table, read_table
from visitapp.services.views.registers import RegisterDifference

_REMEMBERED = "register_columns"


class ReadRegister(Struct, frozen=True):
    """A file as it was read, and what it would change."""

    table: Table
    difference: RegisterDifference


class ContractRegister:
    """Takes contracts from files. Nothing is ever deleted: contracts, and settings under them, that
    a file does not name stay as they are."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read(self, path: Path, columns: Mapped | None = None) -> ReadRegister:
        """What a file would change. No record is changed; which field each of `columns` is, by its
        title, is remembered for the next file.

        Raises NotAllowed, BadFile when the file is no register, and Refused BAD_VALUE for a column
        that is not in it or a field that is none.
        """
        given = columns or {}
        with self._desk.reading() as session:
            permit_making(self._desk, session, Contract)
            mapped = joined(self._desk.states.get(session, _REMEMBERED) or {}, given)
        table = read_table(path, expected(mapped))
        require_columns(table, given)
        if given:
            with self._desk.transaction() as session:
                self._desk.states.set(session, _REMEMBERED, mapped)
        with self._desk.reading() as session:
            return ReadRegister(table, planned(str(path), table, Known(session)).difference)

    def apply(self, read: ReadRegister) -> int:
        """Make the changes that were shown, all or none; gives how many contracts were made or
        changed.

        Raises NotAllowed, BadFile for a file with faults, with the row of the first, and Refused
        where the difference is no longer the one that was shown.
        """
        require_faultless(read.difference.file, read.difference.faults)
        with self._desk.transaction() as session:
            known = Known(session)
            plan = planned(read.difference.file, read.table, known)
            if plan.difference != read.difference:
                raise Refused(
                    Code.BAD_VALUE,
                    message(
                        "Contracts were changed since the difference was shown. Nothing was "
                        "imported."
                    ),
                    message("Look at the difference again."),
                )
            self._take(session, plan, known)
        return len(plan.changes)

    def _take(self, session: Session, plan: Plan, known: Known) -> None:
        for kind in (Provider, Contract, ContractSetting):
            permit_making(self._desk, session, kind)
        user = self._desk.user(session)
        made = {folded(name): new_id() for name in plan.difference.new_providers}
        for name in plan.difference.new_providers:
            session.add(Provider(id=made[folded(name)], name=name))
        for change in plan.changes:
            fields = dict(change.fields)
            if change.new_provider:
                fields["provider_id"] = made[folded(change.new_provider)]
            contract = change.contract
            if contract is None:
                contract = Contract(id=new_id(), **fields)
                session.add(contract)
            else:
                request = AccessRequest(
                    creating=False, fields=frozenset(fields), created_by=contract.created_by
                )
                permit(user, Contract, request)
                for name, value in fields.items():
                    setattr(contract, name, value)
            session.add_all(_links(contract, change, known))
        session.flush()


def _links(contract: Contract, change: ContractChange, known: Known) -> Iterable[ContractSetting]:
    """The places of settings under a contract; one that was ended or removed comes back."""
    for setting_id in change.settings:
        id_ = contract_setting_id(contract.id, setting_id, None)
        link = known.links.get(id_)
        if link is None:
            link = ContractSetting(id=id_, contract_id=contract.id, setting_id=setting_id)
        else:
            link.ended, link.deleted, link.ends_on = False, False, None
        yield link
